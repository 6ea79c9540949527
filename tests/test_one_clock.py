"""Only partisipasi/clock.py asks what time it is; else a moved clock moves half of the portal."""

import ast
import re

import pytest

from tests.source import ROOT, modules, names_used

ASKING = re.compile(
    r"(^|\.)(timezone\.now|datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time|time\.time_ns"
    r"|time\.localtime|time\.gmtime|Now|CurrentTimestamp|TransactionNow|localdate)$"
)
OTHERWISE = {
    "partisipasi.clock": "is the clock",
    "partisipasi.village.task_care": "compares with times that the task library wrote by the machine's clock",
    "partisipasi.village.models.time": "a heartbeat says that a process lives, whatever day the trial plays",
}
SELF_FILLING = {"auto_now", "auto_now_add"}


def askings(tree: ast.AST) -> list[str]:
    found = [f"line {line}: {name}" for line, name in names_used(tree) if ASKING.search(name)]
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SELF_FILLING:
            found.append(f"line {node.lineno}: {node.arg}")
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) == "localtime"
        ):
            found += [] if node.args else [f"line {node.lineno}: localtime()"]
    return found


@pytest.mark.parametrize("name", [name for name in modules() if not name.startswith("partisipasi.trial")])
def test_nobody_but_the_clock_asks_for_the_time(name):
    found = askings(modules()[name])

    assert bool(found) == (name in OTHERWISE), found


@pytest.mark.parametrize(
    "source",
    [
        "timezone.now()",
        "default=timezone.now",
        "f(default=django.utils.timezone.now)",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "timezone.localdate()",
        "timezone.localtime()",
        "rows.filter(at__lt=Now())",
        "models.DateTimeField(auto_now_add=True)",
    ],
)
def test_every_way_of_asking_is_found(source):
    assert askings(ast.parse(source))


def test_no_template_asks_either():
    asking = re.compile(r"{%\s*now\b")
    guilty = [str(path) for path in (ROOT / "templates").rglob("*.*") if asking.search(path.read_text())]

    assert guilty == []
