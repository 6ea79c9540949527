"""What `make run` refuses, each in one sentence."""

import re
import socket
from pathlib import Path

import pytest

from partisipasi import embedded
from partisipasi.trial import run as module
from partisipasi.trial.run import run


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(embedded, "VAR", tmp_path / "var")
    return tmp_path / "var"


@pytest.fixture
def taken_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_a_taken_port_is_named_and_another_proposed(
    var: Path, taken_port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("127.0.0.1", taken_port) == 1

    words = capsys.readouterr().err
    assert words == (
        f"Port {taken_port} di 127.0.0.1 sudah dipakai program lain; pilih yang lain: make run PORT=8001.\n"
    )


@pytest.mark.parametrize("port", ["", "delapan", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(var: Path, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("127.0.0.1", port) == 1

    assert capsys.readouterr().err == f"PORT={port} bukan nomor port; contohnya: make run PORT=8001.\n"


def test_an_address_of_another_machine_is_refused(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("192.0.2.1", "8001") == 1

    words = capsys.readouterr().err
    assert words == "HOST=192.0.2.1 bukan alamat komputer ini; contohnya: make run HOST=127.0.0.1.\n"


def test_a_second_run_on_the_same_data_is_refused(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with module._one_run_at_a_time(var, "http://127.0.0.1:8000/"):
        assert run("127.0.0.1", "8001") == 1

    words = capsys.readouterr().err
    assert words.startswith("Portal ini sudah berjalan (http://127.0.0.1:8000/, proses ")
    assert words.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    monkeypatch.setattr(embedded, "VAR", tmp_path / "berkas" / "var")

    assert run("127.0.0.1", "8001") == 1

    words = capsys.readouterr().err
    assert words.startswith(f"Folder {tmp_path / 'berkas' / 'var'} tidak dapat dibuat; ")
    assert words.count("\n") == 1


def test_a_closed_folder_is_named(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module.os, "access", lambda path, mode: False)

    assert run("127.0.0.1", "8001") == 1

    assert re.fullmatch(r"Folder .+ tidak dapat ditulisi oleh akun Anda\.\n", capsys.readouterr().err)


def test_large_logs_of_earlier_runs_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_LOG", 10)
    (tmp_path / "portal.log").write_text("x" * 11)
    (tmp_path / "tasks.log").write_text("x" * 10)

    module._fresh_logs(tmp_path)

    assert [log.name for log in tmp_path.iterdir()] == ["tasks.log"]
