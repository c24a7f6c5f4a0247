"""What a strict build refuses of pages, the check refuses: neither more nor less."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sites import TESTS, apply, good, lines, read_yaml, run_build

WITHOUT_OUR_RULES = """
import sys
from opmodel.rules import check, page_links
ours = {page_links.page_link, page_links.page_nav}
every = check.rules_of
check.rules_of = lambda scope: [rule for rule in every(scope) if rule not in ours]
sys.argv = ["mkdocs", "build", "--strict"]
from mkdocs.__main__ import cli
cli()
"""


def broken(case: str, folder: Path) -> Path:
    site = good(folder)
    shutil.copytree(TESTS / "rules" / "bad" / case, site, dirs_exist_ok=True)
    apply(site, read_yaml(site / "edit.yml"))
    return site


@pytest.mark.slow
@pytest.mark.parametrize("case", ["page-link", "page-nav", "page-nav--omitted"])
def test_the_check_finds_what_the_host_alone_would_find(case: str, tmp_path: Path) -> None:
    site = broken(case, tmp_path / "site")
    ours = [line for line in lines(site) if re.search(r"\(page-(link|nav)\)$", line)]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_OUR_RULES],
        cwd=site,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    theirs = re.findall(r"^WARNING|^  - .*\.md$", done.stderr, re.M)
    introductions = done.stderr.count("The following pages exist")
    assert len(ours) == len(theirs) - introductions > 0, done.stderr


@pytest.mark.parametrize("case", ["page-link", "page-front-matter"])
def test_a_build_says_the_same_lines_as_the_check(case: str, tmp_path: Path) -> None:
    site = broken(case, tmp_path / "site")
    done = run_build(site, SOURCE_DATE_EPOCH="1795305600", CI="")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line in lines(site)] == lines(site)
    assert "Traceback" not in done.stderr
    assert not (site / "site").exists()
