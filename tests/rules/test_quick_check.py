"""A check where nothing changed loads neither the model nor its libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

from opmodel.cache import Cache
from opmodel.environment import today
from opmodel.rules.quick_check import quick_check
from sites import good

CHECK = """
import sys
from opmodel.commands.main import main
try:
    main()
finally:
    print([name for name in ("pydantic", "markdown_it", "opmodel.load.operating_model") if name in sys.modules])
"""


def test_where_nothing_changed_no_model_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPMODEL_CACHE", str(tmp_path / "cache"))
    site = good(tmp_path)
    quick_check(site, today(), Cache.of(site, summaries_only=True))
    command = [sys.executable, "-c", CHECK, "check"]
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
