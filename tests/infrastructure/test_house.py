"""Habits that no linter knows: the clock, the pins, the catalogues' tools."""

import ast
import re
import tomllib

import pytest

from tests.real_worker import ROOT

pytestmark = pytest.mark.once

APPS = ("regulation", "members", "meetings", "protocols", "kpi", "staff_portal")
# Views (those over all apps stand in staff_portal), tasks, commands, and what serves every view: the Staff of
# the address, the frame, the middleware of the second factor.
EDGE = re.compile(
    r"(views|tasks)(\.py|/)|management/commands/"
    r"|^members/(pages|second_factor)\.py"
    r"|^staff_portal/(context|help|personal_data|templatetags/demo)\.py"
)
SOURCES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if not EDGE.search(path.relative_to(ROOT).as_posix())
]


def reads_the_clock(call: ast.Call) -> bool:
    """Tell whether it is localdate(), localtime() without a moment given; ruff bans the rest."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("localdate", "localtime") and not call.args and not call.keywords


def test_only_the_edge_reads_the_clock() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and reads_the_clock(node)
    ]
    assert found == []


def pins(name: str) -> dict[str, str]:
    """Return package → version of requirements/`name`."""
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "uv.txt"])
def test_every_pin_has_its_hash_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert re.findall(r"https?://|--index|--find-links", text) == []


def test_development_has_the_versions_of_production() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


def test_every_direct_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in wanted}  # type: ignore[index]
    told = set(re.findall(r"^\| `([\w-]+)", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE))
    assert names - told == set()
    assert told - names - {"uv"} == set()


def test_no_catalogue_is_committed_compiled() -> None:
    assert "*.mo" in (ROOT / ".gitignore").read_text().split()
