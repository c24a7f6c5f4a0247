"""A site under a path, and which web servers this machine can try it with."""

import os
import shutil
from pathlib import Path

import pytest

import published
import sites

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
collect_ignore = [] if NGINX else ["test_nginx.py", "test_object_store_front.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not NGINX:
        terminalreporter.write_line("Left out: tests of the recipes for nginx (no nginx found).", yellow=True)


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of nginx."""
    assert NGINX
    return NGINX


@pytest.fixture(scope="session")
def deep_site(make_once: sites.MakeOnce) -> Path:
    """The shipped site, built for an address with a path, with one page that had another address before."""

    def make(folder: Path) -> Path:
        sites.shipped(folder)
        sites.edit(folder, "data/site.yml", published.ADDRESS, published.DEEP)
        formerly = "  - id: first-workflow\n    formerly: [it-picks]\n"
        sites.edit(folder, "data/faq.yml", "  - id: first-workflow\n", formerly)
        return sites.build(folder)

    return make_once("deep", make)
