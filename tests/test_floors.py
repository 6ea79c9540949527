"""The house of docs: a room imports only from floors below its own, inside functions and by app labels too."""

import ast
from collections.abc import Iterator

import pytest

from tests.source import is_package, modules

FLOORS = {
    "partisipasi.portal": 7,
    "feedback": 6,
    "announcements": 5,
    "forums": 4,
    "attendance": 3,
    "partisipasi.residents": 2,
    "partisipasi.ledger": 1,
    "partisipasi.files": 1,
    "partisipasi.paper": 1,
    "partisipasi.village": 0,
}
LABELS = {room.rpartition(".")[2]: room for room in FLOORS}
# What starts the trial stands beside the house; settings, addresses and the start-up name every room.
BESIDE = ("partisipasi.trial", "partisipasi.settings", "partisipasi.urls")
TYPES_ONLY = "TYPE_CHECKING"


def room_of(module: str) -> str | None:
    return next((room for room in FLOORS if module == room or module.startswith(f"{room}.")), None)


def imports(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What a module imports or names by its label, with the line; imports for type checkers alone left out."""
    skipped = {id(inner) for node in ast.walk(tree) if _is_for_types(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(name, node)
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            yield from _by_label(node)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and getattr(node.test, "id", "") == TYPES_ONLY


def _absolute(name: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    package = parts if is_package(name) else parts[:-1]
    above = package[: len(package) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)


def _by_label(call: ast.Call) -> Iterator[tuple[int, str]]:
    """`apps.get_model("forums", "Post")`, `import_module("forums.models")` and keys like "forums.Post"."""
    called = getattr(call.func, "attr", getattr(call.func, "id", ""))
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if called in {"import_module", "import_string"}:
        yield from ((call.lineno, text) for text in texts)
    if called in {"get_model", "get_app_config", "ForeignKey", "OneToOneField", "ManyToManyField"}:
        for text in texts:
            label = text.partition(".")[0]
            if label in LABELS and ("." in text or called.startswith("get_")):
                yield call.lineno, LABELS[label]


HOUSE = {name: tree for name, tree in modules().items() if not name.startswith(BESIDE)}


@pytest.mark.parametrize("name", HOUSE)
def test_a_room_imports_only_from_floors_below(name):
    own = room_of(name)
    # Helpers without models belong to no floor: they stand on the ground, and on the village's.
    height = FLOORS[own] if own else 0.5
    too_high = [
        f"line {line}: {target}"
        for line, target in imports(name, HOUSE[name])
        if (other := room_of(target)) and other != own and FLOORS[other] >= height
    ]

    assert too_high == []


@pytest.mark.parametrize(
    "source",
    [
        "from forums.models import Post",
        "import forums.models",
        "def f():\n    from forums import models",
        'def f():\n    return apps.get_model("forums", "Post")',
        'def f():\n    return apps.get_model("forums.Post")',
        'import_module("forums.models")',
        'post = models.ForeignKey("forums.Post", models.CASCADE)',
    ],
)
def test_every_way_of_reaching_up_is_found(source):
    found = imports("attendance.models.activity", ast.parse(source))

    assert "forums" in {room_of(target) for _, target in found}


def test_relative_imports_lead_where_python_leads():
    tree = ast.parse("from . import roles\nfrom ..village import models\nfrom .models import Person")

    assert [target for _, target in imports("partisipasi.residents.apps", tree)] == [
        "partisipasi.residents",
        "partisipasi.residents.roles",
        "partisipasi.village",
        "partisipasi.village.models",
        "partisipasi.residents.models",
        "partisipasi.residents.models.Person",
    ]
