"""The rooms of the engine: imports go one way, and only the adapter knows the host."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import opmodel

PACKAGE = Path(opmodel.__file__).parent
ORDER = ("source", "model", "load", "approval", "readiness", "rules", "views", "adapter")
"""The way of the data, from left to right; every other room has its place where its imports put it."""
ENTRANCES = {"adapter", "commands"}
HOSTS = {"mkdocs", "properdocs", "mkdocs_macros", "material", "materialx"}
COMMAND_LINE = {"click"}
WIRE_SHAPES = "opmodel.formats.api."
"""The shapes of published files are named as their readers know them."""
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = Path(__file__).parent
BESIDE_ROOMS = {"adoption", "benchmarks", "golden", "judges"}
"""Folders of tests of no room: of the packages, of what measures, what they compare with, and other software."""
OF_ALL = {"layers", "makefile", "pythons"}
"""Tests of the package or the repository as a whole, which stand in no folder."""


def room(name: str) -> str:
    """Return the room of a module of the package."""
    return (*name.split("."), "")[1]


@cache
def imports(module: Path) -> frozenset[str]:
    """Return every module that one imports, wherever the import stands."""
    return frozenset(_imports(module))


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Import():
                yield from (each.name for each in node.names)
            case ast.ImportFrom():
                yield str(node.module)
                yield from (f"{node.module}.{each.name}" for each in node.names)


def own(module: Path) -> str:
    return ".".join(("opmodel", *module.relative_to(PACKAGE).with_suffix("").parts))


def rooms() -> dict[str, set[str]]:
    """Return the rooms with the rooms that each imports from. A module that stands alone is a room of its own."""
    found: dict[str, set[str]] = {}
    for module in MODULES:
        used = {room(name) for name in imports(module) if name.split(".")[0] == "opmodel"}
        found.setdefault(room(own(module)), set()).update(used - {room(own(module)), ""})
    return found


@pytest.mark.slow
def test_no_room_imports_one_that_imports_it() -> None:
    assert tuple(TopologicalSorter(rooms()).static_order())


@pytest.mark.slow
def test_no_module_imports_one_that_imports_it() -> None:
    """Imports within functions and those for types count as well."""
    names = {own(module).removesuffix(".__init__") for module in MODULES}
    imported = {own(module).removesuffix(".__init__"): set(modules(module, names)) for module in MODULES}
    assert tuple(TopologicalSorter(imported).static_order())


def modules(module: Path, known: set[str]) -> Iterator[str]:
    """Yield the modules of the package that one imports: ``from a import b`` is the module ``a.b``, or else ``a``."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from {each.name for each in node.names} & known
        elif isinstance(node, ast.ImportFrom):
            named = {f"{node.module}.{each.name}" for each in node.names}
            yield from (named & known) | ({str(node.module)} & known if named - known else set())


@pytest.mark.parametrize("name", ORDER)
def test_imports_go_one_way(name: str) -> None:
    later = set(ORDER[ORDER.index(name) + 1 :])
    assert rooms()[name] & later == set()


def test_nothing_imports_the_adapter_and_only_the_start_imports_the_commands() -> None:
    assert {name for name, used in rooms().items() if used & ENTRANCES} == {"__main__"}


@pytest.mark.parametrize("module", MODULES, ids=own)
def test_only_one_module_of_the_adapter_knows_the_host(module: Path) -> None:
    libraries = {name.split(".")[0] for name in imports(module)}
    here = room(own(module))
    assert own(module) == "opmodel.adapter.host" or not libraries & HOSTS
    assert here in ENTRANCES or not libraries & COMMAND_LINE


@pytest.mark.slow
def test_no_class_name_stands_in_two_modules() -> None:
    found: dict[str, set[str]] = {}
    for module in MODULES:
        if not own(module).startswith(WIRE_SHAPES):
            for node in ast.walk(_tree(module)):
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, set()).add(own(module))
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_modules_classes_and_public_functions_have_docstrings() -> None:
    without = {f"{own(module)}:{name}" for module in MODULES for name in _undocumented(_tree(module))}
    assert without == set()


def _undocumented(tree: ast.Module) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield "module"
    for node in tree.body:
        private = isinstance(node, ast.FunctionDef) and node.name.startswith("_")
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not private and ast.get_docstring(node) is None:
            yield node.name


@pytest.mark.parametrize(("title", "most"), [("How a problem gets printed", 9), ("How a packet becomes a page", 12)])
def test_the_walks_of_the_guide_for_contributors_are_short_and_true(title: str, most: int) -> None:
    guide = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    walk = guide.partition(f"### {title}\n")[2].partition("\n#")[0]
    named = re.findall(r"`([\w/]+\.py)`", walk)
    assert 0 < len(named) <= most
    assert [name for name in named if not (PACKAGE / name).is_file()] == []


def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    folders = {folder.name for folder in TESTS.iterdir() if folder.is_dir() and not folder.name.startswith((".", "__"))}
    alone = {module.stem.removeprefix("test_") for module in TESTS.glob("test_*.py")}
    with_code = {room(own(module)) for module in MODULES if module.parent != PACKAGE}
    assert folders == with_code | {"theme"} | BESIDE_ROOMS
    assert alone - {module.stem for module in MODULES if module.parent == PACKAGE} == OF_ALL


@pytest.mark.slow
def test_everything_but_the_adapter_runs_without_the_host() -> None:
    program = """
import importlib, sys
from datetime import date
from pathlib import Path
sys.modules.update({"mkdocs": None, "material": None, "mkdocs_macros": None})
for name in sys.argv[2:]:
    importlib.import_module(name)
from opmodel.rules.check import check
assert not check(Path(sys.argv[1]), date(2026, 11, 22)).errors
"""
    names = [own(module).removesuffix(".__init__") for module in MODULES]
    core = [name for name in names if room(name) != "adapter" and not name.endswith("__main__")]
    site = TESTS / "rules" / "good"
    done = subprocess.run([sys.executable, "-c", program, site, *core], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
