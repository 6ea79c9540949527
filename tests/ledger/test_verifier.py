"""The program that anybody downloads and runs: it finds every change, and says where."""

import ast
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from partisipasi import clock
from partisipasi.ledger import verifier
from partisipasi.ledger.chain import entry_hash, record
from partisipasi.ledger.due import keep_daily_heads
from partisipasi.ledger.models import Entry


@pytest.fixture
def downloaded(client, village, tmp_path):
    """The chain of six entries over three days and the program, as they come from the portal."""
    for day in (3, 4, 5):
        for hour in (8, 9):
            with clock.at(datetime(2026, 5, day, hour, tzinfo=UTC)):
                record("budget.set", None, {"ñ <é> ꦱ": f"{day}\n“{hour}”", "amount": day * 1000 + hour})
    with clock.at(datetime(2026, 5, 6, 1, tzinfo=UTC)):
        keep_daily_heads()
    for name in ("rantai.jsonl", "periksa.py"):
        answer = client.get(f"/catatan/{name}")
        (tmp_path / name).write_bytes(b"".join(answer.streaming_content))
        assert f'filename="{name}"' in answer["Content-Disposition"]
    return tmp_path


def lines_of(folder):
    return [json.loads(line) for line in (folder / "rantai.jsonl").read_text().splitlines()]


def write(folder, lines):
    (folder / "rantai.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-I", "periksa.py", "rantai.jsonl", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
    )


def hash_of(number):
    return Entry.objects.get(number=number).hash


def test_a_whole_chain_is_said_to_be_whole(downloaded):
    found = run(downloaded)

    assert found.returncode == 0, found.stdout + found.stderr
    assert "Desa Sukaramah" in found.stdout
    assert "6 catatan diperiksa" in found.stdout
    assert "3 kepala harian cocok" in found.stdout
    assert hash_of(6) in found.stdout


def test_a_fingerprint_from_paper_is_found_again(downloaded):
    kept = hash_of(4)
    found = run(
        downloaded, "--kepala", f"2026-05-04={kept}", "--kepala", f"4={kept}", "--kepala", kept[:20].upper()
    )

    assert found.returncode == 0, found.stdout
    assert "Kepala harian 2026-05-04 cocok: catatan 4." in found.stdout
    assert "Sidik jari yang Anda pegang adalah catatan 4" in found.stdout


def changed_fact(lines):
    lines[3]["facts"]["amount"] = 1


def changed_time(lines):
    lines[3]["at"] = "2025-01-01T00:00:00.000000+00:00"


def removed(lines):
    del lines[3]


def removed_and_renumbered(lines):
    del lines[3]
    for number, line in enumerate(lines[1:6], start=1):
        line["number"] = number


def reordered(lines):
    lines[3], lines[4] = lines[4], lines[3]


def cut_end(lines):
    lines[5:7] = []


def forged_head(lines):
    lines[-1]["hash"] = "a" * 64


def incomplete(lines):
    del lines[3]["previous"]


def no_object(lines):
    lines[3] = [1, 2]


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (changed_fact, "Isi catatan 3 tidak cocok"),
        (changed_time, "Isi catatan 3 tidak cocok"),
        (removed, "Catatan 3 hilang"),
        (removed_and_renumbered, "Catatan 3 tidak menyambung"),
        (reordered, "Catatan 3 hilang atau tidak pada tempatnya"),
        (cut_end, "Kepala harian 2026-05-05 menyebut catatan 6, yang tidak ada"),
        (forged_head, "Kepala harian 2026-05-05 tidak cocok"),
        (incomplete, "Catatan 3 tidak lengkap"),
        (no_object, "Baris 4 berkas ini tidak dapat dibaca"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_change_is_found_at_the_first_wrong_number(downloaded, tamper, said):
    lines = lines_of(downloaded)
    tamper(lines)
    write(downloaded, lines)

    found = run(downloaded)

    assert found.returncode == 1
    assert said in found.stdout


def test_a_cut_end_with_its_heads_is_found_by_a_known_head(downloaded):
    lines = [line for line in lines_of(downloaded) if line.get("number", 0) <= 4]
    write(downloaded, lines)

    assert run(downloaded).returncode == 0
    for known in (f"2026-05-05={hash_of(6)}", f"6={hash_of(6)}", hash_of(6)):
        assert run(downloaded, "--kepala", known).returncode == 1


def test_a_chain_written_anew_is_found_by_a_known_head(downloaded):
    """Somebody who recomputes everything by the published rules."""
    lines, previous = lines_of(downloaded), verifier.GENESIS
    for line in lines[1:7]:
        line["previous"] = previous
        if line["number"] == 2:
            line["facts"]["amount"] = 1
        values = {name: line[name] for name in ("number", "kind", "subject", "facts", "previous")}
        previous = line["hash"] = entry_hash(at=datetime.fromisoformat(line["at"]), **values)
    for head in lines[7:]:
        head["hash"] = lines[head["number"]]["hash"]
    write(downloaded, lines)

    assert run(downloaded).returncode == 0
    found = run(downloaded, "--kepala", f"2026-05-04={hash_of(4)}")
    assert found.returncode == 1
    assert "tidak ada dalam rantai" in found.stdout


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("2026-05-03={four}", "adalah catatan 2"),
        ("2026-05-09={four}", "Kepala harian 2026-05-09 tidak ada"),
        ("3={four}", "Catatan 3 bukan lagi yang Anda pegang"),
        ("abc", "terlalu pendek"),
        ("2026-05-04=zzz", "terlalu pendek"),
    ],
)
def test_a_fingerprint_that_does_not_fit_says_how(downloaded, known, said):
    found = run(downloaded, "--kepala", known.format(four=hash_of(4)))

    assert found.returncode == 1
    assert said in found.stdout


def test_a_file_that_is_not_there_is_no_verdict(downloaded):
    (downloaded / "rantai.jsonl").unlink()

    assert run(downloaded).returncode == 2


def test_the_program_needs_nothing_but_an_old_python():
    with open(verifier.__file__) as file:
        tree = ast.parse(file.read(), feature_version=(3, 8))

    named = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= set(sys.stdlib_module_names)
