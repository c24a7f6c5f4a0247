"""What every test may ask for, and which tests a machine can run."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import sites

HERE = Path(__file__).parent
ON_CI = os.environ.get("CI") == "true"

# What tests work out is kept apart from what this user's own checks keep.
os.environ["OPMODEL_CACHE"] = tempfile.mkdtemp(prefix="opmodel-tests-")

# A busy machine is not a failing test. On CI hypothesis picks its own profile: no deadline, and always the same cases.
settings.register_profile("patient", deadline=None)
if not ON_CI:
    settings.load_profile("patient")


def find_chromium() -> str | None:
    """Return the path of the system's Chromium; ``CHROMIUM`` names another."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def missing_tools() -> dict[str, str]:
    """Map each marker whose tests cannot run here to the reason. On CI every tool is owed, so nothing is left out."""
    missing = {
        "browser": not find_chromium() and "no Chromium found; CHROMIUM=/path/to/it names one",
        "judges": not (HERE / "judges/node_modules").is_dir() and "tests/judges/node_modules is missing; needs npm",
    }
    return {} if ON_CI else {marker: reason for marker, reason in missing.items() if reason}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files instead of comparing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = missing_tools().keys()
    golden_only = config.getoption("--update-golden")

    def runs(item: pytest.Item) -> bool:
        able = not any(item.get_closest_marker(marker) for marker in missing)
        return able and (not golden_only or "golden" in getattr(item, "fixturenames", ()))

    left_out = [item for item in items if not runs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if runs(item)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for marker, reason in missing_tools().items():
        terminalreporter.write_line(f"Left out: tests marked '{marker}' ({reason}).", yellow=True)


@pytest.fixture(scope="session", autouse=True)
def history_is_not_required() -> Iterator[None]:
    """Let no test depend on where it runs: on CI a check requires a history, which most sites of tests do not have.

    A test of what CI requires sets the variable itself.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CI", raising=False)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for tests marked ``browser``."""
    path = find_chromium()
    assert path, "no Chromium found"
    return path


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(text, name)`` compares text with ``tests/golden/<name>``; ``make golden`` rewrites that file."""
    update = request.config.getoption("--update-golden")

    def compare(actual: str, name: str) -> None:
        __tracebackhide__ = True
        path = HERE / "golden" / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: run 'make golden'"
        expected = path.read_text(encoding="utf-8")
        assert expected == actual, f"{path.name} differs: if the new text is right, run 'make golden'"

    return compare


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped site, built strictly once for all tests; tests must not change it."""
    return sites.build(sites.shipped(tmp_path_factory.mktemp("shipped")))
