"""Setting papers with Typst: a template of ours and what to put into it become a PDF.

Each paper is set in a process of its own. Typst keeps what it has set in memory for the next time: a web worker that
prints a list of 120 people now and then grows from 20 MB to 230 MB and stays there, one of 2,000 people to 330 MB.
The process costs a tenth of a second, and it can be ended if it takes too long.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

ARCHIVE, SCREEN_READERS = "a-2a", "ua-1"
LIMIT = 120
"""Seconds that a paper may take; 2,000 rows take four."""


class NotTypesettable(Exception):
    """Typst refused the paper; its message says why. A picture that is none is the likely cause."""


def typeset(template: Path, paper: object, *, at: datetime) -> bytes:
    """`template`, which reads `paper` as `json(bytes(sys.inputs.paper))`, as PDF created `at` (aware).

    Equal papers give equal bytes on every machine: only the type that Typst brings along is used. The PDF is fit for
    archives and screen readers (PDF/A-2a and PDF/UA-1), unless a name is written in letters which that type lacks:
    the standards refuse such a paper, and a paper with a gap is better than none. Raises NotTypesettable.
    """
    return _set_apart({"template": str(template), "paper": json.dumps(paper), "at": int(at.timestamp())})


def _set_apart(job: dict[str, Any]) -> bytes:
    """The paper, set in a process of its own."""
    try:
        setter = subprocess.run(  # noqa: S603 our own program, and nothing typed is part of the command
            [sys.executable, "-I", __file__],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=LIMIT,
        )
    except subprocess.TimeoutExpired as late:
        raise NotTypesettable(f"The paper was not ready after {LIMIT} seconds.") from late
    if setter.returncode:
        raise NotTypesettable(setter.stderr.decode(errors="replace").strip())
    return setter.stdout


def _set(job: dict[str, Any]) -> bytes:
    """The paper by the standards if they allow it, else without them. Only the process that sets it comes here."""
    import typst

    try:
        return _compile(job, [ARCHIVE, SCREEN_READERS])
    except typst.TypstError:
        return _compile(job, [])


def _compile(job: dict[str, Any], standards: list[Any]) -> bytes:
    import typst

    return typst.compile(
        Path(job["template"]).read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": job["paper"]},
        timestamp=job["at"],
        pdf_standards=standards,
    )


def main() -> None:
    try:
        pdf = _set(json.load(sys.stdin.buffer))
    except Exception as refusal:  # whatever it is, the one who asked wants to know
        sys.exit(str(refusal))
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
