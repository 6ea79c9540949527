"""Counting the pages of a PDF that somebody sent, in a process of its own that cannot grow or run without bounds."""

import io
import subprocess
import sys

LIMIT = 30
"""Seconds that a count may take; a scan of a hundred pages takes less than one."""

_MEMORY = 1024**3


class NotCountable(Exception):
    """The PDF is locked, broken or made to keep a reader busy."""


def count_pages(content: bytes) -> int:
    """How many pages this PDF has. Raises NotCountable."""
    try:
        counter = subprocess.run(  # noqa: S603 our own program, and nothing sent is part of the command
            [sys.executable, "-I", __file__], input=content, capture_output=True, timeout=LIMIT
        )
    except subprocess.TimeoutExpired as late:
        raise NotCountable(f"The pages were not counted after {LIMIT} seconds.") from late
    if counter.returncode:
        raise NotCountable("The pages cannot be counted.")
    return int(counter.stdout)


def main() -> None:
    import resource

    from pypdf import PdfReader

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    count = len(PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages)
    if not count:
        sys.exit("A paper has pages.")
    sys.stdout.write(str(count))


if __name__ == "__main__":
    main()
