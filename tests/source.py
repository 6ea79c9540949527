"""The portal's source as syntax trees, for the tests that read it."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
PACKAGES = ("partisipasi", "attendance", "forums", "announcements")


@cache
def modules(*, migrations: bool = False) -> dict[str, ast.Module]:
    """Every module of the portal by its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" in parts and not migrations:
                continue
            name = ".".join(parts).removesuffix(".__init__")
            found[name] = ast.parse(path.read_text(), str(path))
    return found


def is_package(name: str) -> bool:
    return (ROOT / name.replace(".", "/")).is_dir()


def names_used(tree: ast.AST) -> list[tuple[int, str]]:
    """Each dotted name that is read in `tree`, with its line: ("timezone.now"), ("mark_safe")."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            dotted = _dotted(node)
            if dotted:
                found.append((node.lineno, dotted))
    return found


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := _dotted(node.value)):
        return f"{head}.{node.attr}"
    return ""
