"""The environment is made once, again when requirements change, and its failures are one sentence."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from partisipasi.trial import environment
from partisipasi.trial.environment import EnvironmentRefused, ensure, explain


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with two requirement files and an environment whose Python works."""
    (tmp_path / "requirements.txt").write_text("django==6.1\n")
    (tmp_path / "requirements-dev.txt").write_text("django==6.1\npytest==9\n")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(environment, "BASE", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "installed")
    monkeypatch.setattr(environment, "_works", lambda statement="": True)
    return tmp_path


class Pip:
    """Stands for pip: remembers what it was asked to install, says what it is told to say."""

    def __init__(self, code: int = 0, words: str = "") -> None:
        self.code, self.words = code, words
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str | Path], log: Path) -> int:
        assert "--require-hashes" in command
        self.asked.append(Path(command[-1]).name)
        log.write_text(self.words)
        return self.code


def test_packages_are_installed_once(clone: Path) -> None:
    pip = Pip()

    for _ in range(2):
        ensure("requirements.txt", run=pip, log=clone / "log")

    assert pip.asked == ["requirements.txt"]


def test_changed_requirements_are_installed_again(clone: Path) -> None:
    pip = Pip()
    ensure("requirements.txt", run=pip, log=clone / "log")
    (clone / "requirements.txt").write_text("django==6.1.1\n")

    ensure("requirements.txt", run=pip, log=clone / "log")

    assert pip.asked == ["requirements.txt", "requirements.txt"]


def test_the_developers_environment_serves_the_portal_too(clone: Path) -> None:
    pip = Pip()

    for requirements in ("requirements-dev.txt", "requirements.txt", "requirements-dev.txt"):
        ensure(requirements, run=pip, log=clone / "log")

    assert pip.asked == ["requirements-dev.txt"]


def test_an_environment_whose_python_has_gone_is_made_anew(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = Pip()
    ensure("requirements.txt", run=pip, log=clone / "log")
    made = []
    monkeypatch.setattr(environment, "_works", lambda statement="": False)
    monkeypatch.setattr(environment, "_make", lambda: made.append(True))

    ensure("requirements.txt", run=pip, log=clone / "log")

    assert made == [True]
    assert pip.asked == ["requirements.txt", "requirements.txt"]


def test_a_failed_installation_is_tried_again_next_time(clone: Path) -> None:
    with pytest.raises(EnvironmentRefused):
        ensure("requirements.txt", run=Pip(code=1), log=clone / "log")
    pip = Pip()

    ensure("requirements.txt", run=pip, log=clone / "log")

    assert pip.asked == ["requirements.txt"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/django/\n"
            "ERROR: No matching distribution found for django==6.1",
            "indeks paket Python tidak terjangkau",
        ),
        ("ERROR: No matching distribution found for nh3==9", "Paket nh3==9 tidak ditemukan di indeks"),
        ("ERROR: Could not find a version that satisfies nh3==9 (from versions: none)", "tidak terjangkau"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "tidak sama dengan"),
        ("OSError: [Errno 28] No space left on device", "ruang disk habis"),
        ("ERROR: Gagal dengan cara lain\n", "Gagal dengan cara lain"),
        ("", "tanpa keterangan"),
    ],
)
def test_what_pip_says_becomes_one_sentence(words: str, sentence: str) -> None:
    told = explain(words, Path("var/log/pip.log"))

    assert sentence in told
    assert told.endswith(".")
    assert "\n" not in told
