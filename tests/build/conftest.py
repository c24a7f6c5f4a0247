"""The small good site, built once for the tests of this folder."""

from pathlib import Path

import pytest

from sites import build, good


@pytest.fixture(scope="session")
def built_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site, built; tests must not change it."""
    return build(good(tmp_path_factory.mktemp("small") / "site"))
