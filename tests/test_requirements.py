"""What is installed is what pyproject.toml asks for, pinned with hashes, from wherever the machine's index is."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BASE = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((BASE / "pyproject.toml").read_text())
EXTRAS = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
FILES = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-extras.txt": PROJECT["project"]["dependencies"] + EXTRAS,
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + EXTRAS + PROJECT["dependency-groups"]["dev"],
}


def pins(name: str) -> dict[str, str]:
    """Package and version of each pinned line."""
    text = (BASE / name).read_text()
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("name", FILES)
def test_whatever_is_asked_for_is_pinned(name: str) -> None:
    pinned = pins(name)

    wanted = [Requirement(line) for line in FILES[name]]

    assert len(wanted) > 20
    for each in wanted:
        version = pinned.get(canonicalize_name(each.name))
        assert version, f"{each} is missing: make requirements"
        assert each.specifier.contains(version), f"{each} is pinned to {version}: make requirements"


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_hashes_and_no_file_names_an_index(name: str) -> None:
    text = (BASE / name).read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)

    assert len(entries) == len(pins(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_the_portal_is_the_same_for_who_develops_it() -> None:
    portal = pins("requirements.txt").items()

    assert portal <= pins("requirements-extras.txt").items()
    assert portal <= pins("requirements-dev.txt").items()
