"""``mkdocs gh-deploy`` publishes a checked site, and nothing where the check finds an error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sites import INTAKE, commit, edit, git, good


def deploy(site: Path) -> subprocess.CompletedProcess[str]:
    names = {f"GIT_{who}_{what}": "ann@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "gh-deploy", "--strict"],
        cwd=site,
        env={**os.environ, **names, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_site_is_deployed_only_without_errors(tmp_path: Path) -> None:
    host = tmp_path / "host.git"
    site = good(tmp_path / "site")
    (site / ".gitignore").write_text("site/\n.cache/\n")
    commit(site)
    git(site, "init", "-q", "--bare", str(host))
    git(site, "remote", "add", "origin", str(host))
    done = deploy(site)
    assert done.returncode == 0, done.stderr
    files = git(host, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert {"index.html", "workflows/intake/index.html"} <= {*files}
    assert not [name for name in files if name.startswith(("data/", "docs/", ".git/"))]
    published = git(host, "rev-parse", "gh-pages")
    edit(site, INTAKE, "status: live", "status: lve")
    done = deploy(site)
    assert done.returncode
    assert 'found "lve"; did you mean "live"?' in done.stderr
    assert "Traceback" not in done.stderr
    assert git(host, "rev-parse", "gh-pages") == published
