"""What every test may ask for, and which tests a machine can run."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, Page

import sites
from browsing import Browsing, wait_for_one_thread

HERE = Path(__file__).parent
ON_CI = os.environ.get("CI") == "true"

# What tests work out is kept apart from what this user's own checks keep, and from that of other test processes.
os.environ["OPMODEL_CACHE"] = tempfile.mkdtemp(prefix="opmodel-tests-")

# Preview pictures that were drawn, by what is on them. All processes of a run share them; the first removes them.
FIRST = "OPMODEL_TEST_PICTURES" not in os.environ
if FIRST:
    os.environ["OPMODEL_TEST_PICTURES"] = tempfile.mkdtemp(prefix="opmodel-tests-")

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


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["OPMODEL_CACHE"], ignore_errors=True)
    if FIRST:
        shutil.rmtree(os.environ["OPMODEL_TEST_PICTURES"], ignore_errors=True)


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
def make_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> sites.MakeOnce:
    """``make_once("name", make)`` returns what ``make(folder)`` returns; only one of all test processes calls it.

    The first process to ask makes it; the others wait and take what they find. If it fails, the next one tries again.
    Tests must not change what several of them use.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (
        base if worker_id == "master" else base.parent
    ) / "shared"  # each process has a folder of its own in there
    shared.mkdir(exist_ok=True)

    def once(name: str, make: Callable[[Path], Path]) -> Path:
        folder, made = shared / name, shared / f"{name}.made"
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                made.write_text(str(make(folder)), encoding="utf-8")
        return Path(made.read_text(encoding="utf-8"))

    return once


@pytest.fixture(scope="session")
def built_site(make_once: sites.MakeOnce) -> Path:
    """The shipped site, built strictly once for all tests; tests must not change it."""
    return make_once("shipped", lambda folder: sites.build(sites.shipped(folder)))


@pytest.fixture(scope="session")
def browsing() -> Iterator[Browsing]:
    """The browser and the servers of this process; they need Chromium only when the browser is asked for."""
    session = Browsing(find_chromium() or "")
    yield session
    session.stop()


@pytest.fixture
def browser(browsing: Browsing, chromium: str) -> Browser:
    """The browser that all tests of this process share; who opens a context of its own closes it."""
    return browsing.browser()


@pytest.fixture
def new_tab(browsing: Browsing, chromium: str) -> Iterator[Callable[..., Page]]:
    """``new_tab(java_script_enabled=False)`` returns an empty page, which is closed and forgotten after the test."""
    yield browsing.open
    browsing.tidy()


@pytest.fixture(scope="session")
def serve(browsing: Browsing) -> Callable[..., str]:
    """``serve(site, "/path/")`` returns the address at which a built site is served, by default at ``/``."""
    return browsing.serve


@pytest.fixture
def one_thread(browsing: Browsing) -> None:
    """End all other threads of this process, because a process with threads is never copied to share work."""
    browsing.stop()
    wait_for_one_thread()
