"""The small good site, built once for the tests of this folder."""

from pathlib import Path

import pytest

from sites import MakeOnce, build, good


@pytest.fixture(scope="session")
def built_small(make_once: MakeOnce) -> Path:
    """The good site, built; tests must not change it."""
    return make_once("small", lambda folder: build(good(folder / "site")))
