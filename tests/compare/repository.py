"""A small site in a git repository of its own, whose commits always have the same day."""

import os
import subprocess
from pathlib import Path
from shutil import copytree

GOOD = Path(__file__).parents[1] / "rules" / "good"
_IDENTITY = {
    "GIT_AUTHOR_NAME": "Author",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_COMMITTER_NAME": "Author",
    "GIT_COMMITTER_EMAIL": "author@example.com",
    "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Repository:
    """A site's folder under version control; ``below`` puts the site into a folder of the repository, and ``options``
    are for ``git init``."""

    def __init__(self, folder: Path, below: str = "", *options: str) -> None:
        self.folder = folder
        self.site = folder / below if below else folder
        copytree(GOOD, self.site, dirs_exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)
        self.commit()

    def git(self, *arguments: str) -> str:
        environment = {**os.environ, **_IDENTITY}
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=Change", "--allow-empty")
        return self.git("rev-parse", "HEAD").strip()

    def replace(self, path: str, old: str, new: str) -> None:
        """Change one text in a file of the site; it must be there."""
        file = self.site / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        file.write_text(text.replace(old, new), encoding="utf-8")
