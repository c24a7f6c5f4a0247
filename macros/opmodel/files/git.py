"""Runs git to read a repository, with the same answer for any environment and any user's settings.

This user's own settings are read for one thing, which folders of others to trust. Every setting that could change what
git answers, or start a program, is given explicitly.
"""

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import IO

from opmodel.files.reading import exists


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """Limits of an answer: the seconds to wait for it, and its size in MiB."""

    seconds: float
    mebibytes: int


SHORT_ANSWER = AnswerLimit(20.0, 1)
"""For questions about the repository, such as which commit is the present one."""
LONG_ANSWER = AnswerLimit(120.0, 512)
"""For questions about all of the history."""
_CHUNK = 1 << 16
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


class UnusableGit(GitError):
    """Git does not work here at all, so that no other question helps."""


def repository_root(root: Path) -> Path:
    """Return the top folder of the site's repository, or the site's folder if there is none."""
    return next((folder for folder in (root, *root.parents) if exists(folder / ".git")), root)


def run_git(folder: Path, *arguments: str, given: bytes = b"", limit: AnswerLimit = SHORT_ANSWER) -> bytes:
    """Return what git answers in ``folder``; raise GitError where it gives no answer within ``limit``."""
    with TemporaryFile() as question:
        question.write(given)
        question.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 the arguments are ours, no shell is involved
                [*_COMMAND, *arguments],
                cwd=folder,
                env=_environment(os.environ),
                stdin=question,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except FileNotFoundError:
            raise UnusableGit("git is not installed, or not on the PATH", "install git (https://git-scm.com)") from None
        except OSError as error:
            raise UnusableGit(f"git cannot be started: {error.strerror}", "git --version") from None
    answer, said = _answer(process, limit)
    if process.returncode:
        raise _error(said.decode("utf-8", "replace"), folder)
    return answer


def _answer(process: subprocess.Popen[bytes], limit: AnswerLimit) -> tuple[bytes, bytes]:
    """Return what a process prints to its two outputs; end it where it passes the limit."""
    readers = [_Reader(process, stream, limit.mebibytes) for stream in (process.stdout, process.stderr) if stream]
    end = time.monotonic() + limit.seconds
    try:
        for reader in readers:
            reader.join(max(0.0, end - time.monotonic()))
        if any(reader.is_alive() for reader in readers):
            raise subprocess.TimeoutExpired("git", limit.seconds)
        process.wait(max(0.1, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise UnusableGit(f"git gave no answer within {limit.seconds:g} seconds", "git fsck") from None
    finally:
        process.kill()
        process.wait()
    if any(reader.too_long for reader in readers):
        raise UnusableGit(f"git answered with more than {limit.mebibytes} MiB", "git --version")
    return readers[0].read, readers[1].read


class _Reader(Thread):
    """Reads one output of a process, and ends the process where it prints too much."""

    def __init__(self, process: subprocess.Popen[bytes], stream: IO[bytes], mebibytes: int) -> None:
        super().__init__(daemon=True)
        self.read, self.too_long = b"", False
        self._process, self._stream, self._limit = process, stream, mebibytes << 20
        self.start()

    def run(self) -> None:
        """Read up to the end, or the limit."""
        chunks, length = [], 0
        with self._stream:
            while chunk := self._stream.read(_CHUNK):
                length += len(chunk)
                if length > self._limit:
                    self.too_long = True
                    self._process.kill()
                    return
                chunks.append(chunk)
        self.read = b"".join(chunks)


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git: without the repository of a hook, and without anybody's settings for one run."""
    kept = {name: value for name, value in outer.items() if not name.upper().startswith("GIT_") or name in _OWN}
    return kept | _SET


def _error(said: str, folder: Path) -> GitError:
    """Return why git failed, from what it said, and what helps."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if "dubious ownership" in said or "unsafe repository" in said:
        trust = next((line for line in lines if line.startswith("git config")), "git config --global safe.directory")
        return GitError("git does not read a repository whose files belong to another user", trust)
    if "not a git repository (or any" in said:
        if damaged := next((each / ".git" for each in _upwards(folder) if (each / ".git").exists()), None):
            reason = f"git does not recognise the repository in {damaged}: its HEAD or another part is damaged"
            return GitError(reason, f"git fsck (first, give {damaged / 'HEAD'} a line such as ref: refs/heads/main)")
        return GitError("the site is in no git repository", "git init && git add --all && git commit --message Start")
    if "promisor" in said:
        return GitError("this clone is partial and lacks older files", REFETCH)
    fatal = next((line for line in lines if line.startswith(("fatal:", "error:"))), (lines or ["nothing"])[0])
    return GitError(f'git cannot read the repository and says "{fatal}"', f"git fsck, or {REFETCH}")


def _upwards(folder: Path) -> tuple[Path, ...]:
    """Return a folder and all that it lies in."""
    found = folder.absolute()
    return found, *found.parents
