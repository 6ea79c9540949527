#!/usr/bin/env python3
"""Memeriksa catatan publik desa (rantai.jsonl) tanpa jaringan dan tanpa portalnya.

    python3 periksa.py rantai.jsonl
    python3 periksa.py rantai.jsonl --kepala 2026-11-01=SIDIKJARI --kepala 128=SIDIKJARI --kepala SIDIKJARI

Yang diperiksa: isi setiap catatan cocok dengan sidik jarinya (SHA-256), setiap catatan menyambung pada catatan
sebelumnya, tidak ada nomor yang hilang, kepala harian cocok dengan rantai, dan sidik jari yang Anda pegang, misalnya
dari kaki berita acara, memang ada di dalamnya. Bila semua cocok, keluar dengan kode 0; bila tidak, dengan kode 1 dan
nomor pertama yang salah. Hanya memerlukan Python 3.8 atau yang lebih baru.
"""

# This file stands alone: it is downloaded and run where there is nothing but Python, 3.8 and later.
from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from typing import Any

GENESIS = "0" * 64
STATED = ("number", "at", "kind", "subject", "facts", "previous")
SHORTEST = 16
"""So many characters of a fingerprint are told apart by eye and cannot be met by chance."""


class Wrong(Exception):
    """The chain or a fingerprint from outside does not fit; the words say which number."""


def fingerprint(entry: dict[str, Any]) -> str:
    """SHA-256 of the entry's canonical JSON: sorted keys, no spaces, letters as themselves in UTF-8."""
    stated = {name: entry[name] for name in STATED}
    text = json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_entry(entry: dict[str, Any], number: int, previous: str) -> str:
    """The hash of an entry that fits behind `previous`. Raises Wrong."""
    if any(name not in entry for name in (*STATED, "hash")):
        raise Wrong(f"Catatan {number} tidak lengkap.")
    if entry["number"] != number:
        raise Wrong(
            f"Catatan {number} hilang atau tidak pada tempatnya: di sana ada nomor {entry['number']}."
        )
    if entry["previous"] != previous:
        raise Wrong(f"Catatan {number} tidak menyambung pada catatan sebelumnya.")
    if fingerprint(entry) != entry["hash"]:
        raise Wrong(f"Isi catatan {number} tidak cocok dengan sidik jarinya.")
    return str(entry["hash"])


def check_chain(lines: Any) -> tuple[list[str], dict[str, dict[str, Any]], str]:
    """The hashes of all entries by number, the daily heads by day, and whose chain it says it is. Raises Wrong."""
    hashes, heads, owner = [GENESIS], {}, ""
    for line_number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            raise Wrong(f"Baris {line_number} berkas ini tidak dapat dibaca.") from None
        if not isinstance(told, dict):
            raise Wrong(f"Baris {line_number} berkas ini tidak dapat dibaca.")
        if "village" in told:
            owner = str(told["village"])
        elif "on" in told:
            heads[str(told["on"])] = told
        else:
            hashes.append(check_entry(told, len(hashes), hashes[-1]))
    for day, head in sorted(heads.items()):
        check_head(day, head, hashes)
    return hashes, heads, owner


def check_head(day: str, head: dict[str, Any], hashes: list[str]) -> None:
    number = head.get("number")
    if not isinstance(number, int) or not 1 <= number < len(hashes):
        raise Wrong(f"Kepala harian {day} menyebut catatan {number}, yang tidak ada: ujung rantai terpotong.")
    if head.get("hash") != hashes[number]:
        raise Wrong(f"Kepala harian {day} tidak cocok dengan catatan {number}.")


def check_known(known: str, hashes: list[str], heads: dict[str, dict[str, Any]]) -> str:
    """A sentence about a fingerprint that somebody kept: DAY=HASH, NUMBER=HASH or HASH. Raises Wrong."""
    name, _, digest = known.rpartition("=")
    digest = re.sub(r"[\s.…]", "", digest).lower()
    if not re.fullmatch(f"[0-9a-f]{{{SHORTEST},64}}", digest):
        raise Wrong(
            f"Sidik jari {digest!r} terlalu pendek atau bukan sidik jari; salin semua huruf dan angkanya."
        )
    if name.isdigit():
        if not 1 <= int(name) < len(hashes):
            raise Wrong(f"Catatan {name} tidak ada: rantai hanya sampai nomor {len(hashes) - 1}.")
        if not hashes[int(name)].startswith(digest):
            raise Wrong(f"Catatan {name} bukan lagi yang Anda pegang: sidik jarinya lain.")
        return f"Catatan {name} cocok dengan sidik jari yang Anda pegang."
    found = [number for number, each in enumerate(hashes) if number and each.startswith(digest)]
    if not found:
        raise Wrong(
            f"Sidik jari {digest[:16]}… tidak ada dalam rantai: catatan diubah sesudahnya, atau ujungnya terpotong."
        )
    if name:
        if name not in heads:
            raise Wrong(f"Kepala harian {name} tidak ada dalam berkas ini.")
        if heads[name]["number"] != found[0]:
            raise Wrong(
                f"Kepala harian {name} dalam berkas ini adalah catatan {heads[name]['number']}, "
                f"tetapi sidik jari yang Anda pegang adalah catatan {found[0]}."
            )
        return f"Kepala harian {name} cocok: catatan {found[0]}."
    return f"Sidik jari yang Anda pegang adalah catatan {found[0]}; sampai di sana tidak ada yang berubah."


def main() -> int:
    parser = argparse.ArgumentParser(description="Memeriksa catatan publik desa dari berkas rantai.jsonl.")
    parser.add_argument("berkas", help="rantai.jsonl yang diunduh dari portal desa")
    parser.add_argument(
        "--kepala",
        action="append",
        default=[],
        metavar="TANGGAL=SIDIKJARI",
        help="sidik jari yang Anda pegang; boleh juga NOMOR=SIDIKJARI atau SIDIKJARI saja, boleh berkali-kali",
    )
    arguments = parser.parse_args()
    try:
        with open(arguments.berkas, encoding="utf-8") as lines:
            hashes, heads, owner = check_chain(lines)
        sentences = [check_known(known, hashes, heads) for known in arguments.kepala]
    except (OSError, UnicodeDecodeError) as error:
        print(f"Berkas tidak dapat dibaca: {error}", file=sys.stderr)
        return 2
    except Wrong as wrong:
        print(f"TIDAK COCOK. {wrong}")
        return 1
    print(f"Catatan publik {owner}".strip())
    print(f"{len(hashes) - 1} catatan diperiksa: isi, urutan, dan sambungannya utuh.")
    print(f"{len(heads)} kepala harian cocok dengan rantai.")
    for sentence in sentences:
        print(sentence)
    print(f"Sidik jari terakhir: {hashes[-1]}")
    if not arguments.kepala:
        print(
            "Tanpa sidik jari dari luar, catatan yang ditulis ulang seluruhnya tidak ketahuan; pakai --kepala."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
