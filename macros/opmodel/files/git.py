"""Git, called in one way: only to read, with the same answer whatever the environment or anybody's settings say.

This user's own settings are read for one thing, which folders of others to trust. Every setting that could change what
git answers, or start a program, is given explicitly.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_SECONDS = 120.0
"""Seconds to wait for an answer."""
_SETTINGS = (
    "advice.graftFileDeprecated=false",
    "color.ui=false",
    "core.attributesFile=",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "diff.external=",
    "diff.renames=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.diffMerges=separate",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.allow=never",  # nothing is fetched: a check needs no network
)
_COMMAND = (
    "git",
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    "--literal-pathspecs",
    *(word for setting in _SETTINGS for word in ("-c", setting)),
)
_OWN = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"})
"""Variables that say where this user's settings are, and with them which folders are trusted."""
_SET = {
    "LC_ALL": "C",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
REFETCH = "git fetch --refetch --no-filter"
"""Fetches all of the history, also what a partial or damaged repository lacks."""


class GitError(Exception):
    """Git gave no answer.

    Attributes:
        reason: Why, as part of a sentence.
        remedy: What helps, ready to be run where it is a command.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git answers in ``folder``; raise GitError where it gives no answer."""
    try:
        done = subprocess.run(  # noqa: S603 the arguments are ours, no shell is involved
            [*_COMMAND, *arguments],
            cwd=folder,
            env=_environment(os.environ),
            input=given,
            capture_output=True,
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git gave no answer within {TIMEOUT_SECONDS:g} seconds", "git fsck") from None
    except FileNotFoundError:
        raise GitError("git is not installed, or not on the PATH", "install git (https://git-scm.com)") from None
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror}", "git --version") from None
    if done.returncode:
        raise _error(done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git: without the repository of a hook, and without anybody's settings for one run."""
    kept = {name: value for name, value in outer.items() if not name.upper().startswith("GIT_") or name in _OWN}
    return kept | _SET


def _error(said: str) -> GitError:
    """Return why git failed, from what it said, and what helps."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if "dubious ownership" in said or "unsafe repository" in said:
        trust = next((line for line in lines if line.startswith("git config")), "git config --global safe.directory")
        return GitError("git does not read a repository whose files belong to another user", trust)
    if "not a git repository (or any" in said:
        return GitError("the site is in no git repository", "git init && git add --all && git commit --message Start")
    if "promisor" in said:
        return GitError("this clone is partial and lacks older files", REFETCH)
    fatal = next((line for line in lines if line.startswith(("fatal:", "error:"))), (lines or ["nothing"])[0])
    return GitError(f'git cannot read the repository and says "{fatal}"', f"git fsck, or {REFETCH}")
