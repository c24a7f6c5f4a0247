"""The git history of data files.

Without a whole history nothing fails; :attr:`History.missing` holds the reason.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from opmodel.files.git import LONG_ANSWER, REFETCH, GitError, UnusableGit, run_git
from opmodel.files.packet_files import PACKETS_FOLDER, SIGNOFFS_FOLDER

HISTORY_MISSING = "history-missing"
"""Id of the rule that reports a history that is not whole."""
_SHA1_DIGITS = 40
_LOG = (
    "log", "--full-history", "--no-renames", "--no-ext-diff", "--no-color", "--no-show-signature", "--no-notes",
    "--no-decorate", "--no-mailmap", "--encoding=UTF-8", "--raw", "--no-abbrev", "-z", "--relative",
    f"-O{os.devnull}", "--format=%x01%H %cs", "-m",
)  # fmt: skip
_FILES = (b"100644", b"100755", b"100664")
_LINK = b"120000"
_READ = (PACKETS_FOLDER, SIGNOFFS_FOLDER)
"""Folders whose old versions are read."""
_ODD_ANSWER = ("git answered something that cannot be read", "git --version, and git fsck")
"""Why nothing is known where git's answer is none of those that git gives, and what helps."""
_COMMIT = re.compile("[0-9a-f]{40,64}")
_UNSHALLOW = 'git fetch --unshallow (on CI, check out with fetch-depth: 0 at GitHub, or GIT_DEPTH: "0" at GitLab)'


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A committed version of a file.

    Args:
        commit: Id of the commit.
        day: Its day (RFC 3339).
        blob: Id of the content; None if the commit removed the file.
        readable: Whether the repository has the content.
    """

    commit: str
    day: str
    blob: str | None
    readable: bool = True


def is_blob(data: bytes, blob: str) -> bool:
    """Return whether ``blob`` is git's id of some content, by SHA-1 or SHA-256."""
    kind = "sha1" if len(blob) == _SHA1_DIGITS else "sha256"
    return hashlib.new(kind, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest() == blob


class History:
    """The history of the site's folder up to the current commit, read on access."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unanswered: GitError | None = None
        """Why git did not give the content of old versions that were asked for; None if it always did."""

    @property
    def head(self) -> str:
        """The id of the current commit; empty if there is no history."""
        return self._start if isinstance(self._start, str) else ""

    @property
    def obstacle(self) -> GitError | None:
        """Why the history cannot be read at all: no repository, no commit, a shallow clone or another owner."""
        return None if isinstance(self._start, str) else self._start

    @cached_property
    def missing(self) -> GitError | None:
        """Why there is no whole history of the site's data; None if there is one."""
        if self.obstacle:
            return self.obstacle
        if isinstance(self._committed, GitError):
            return self._committed
        if not self._committed:
            return GitError("nothing of the site's data was ever committed", "git add data && git commit")
        return None

    def file_versions(self, folder: str) -> dict[str, list[FileVersion]]:
        """Return the versions of each file at or below ``folder``, newest first, by path."""
        found = {} if isinstance(self._committed, GitError) else self._committed
        return {path: each for path, each in found.items() if f"{path}/".startswith(f"{folder}/")}

    def unreadable(self) -> Iterator[tuple[str, FileVersion]]:
        """Yield (path, version) for each version whose content the repository lacks."""
        for folder in _READ:
            for path, versions in self.file_versions(folder).items():
                yield from ((path, each) for each in versions if not each.readable)

    def commit_of(self, name: str) -> str:
        """Return the id of the commit that a branch, tag or revision names, or an empty text."""
        try:
            said = run_git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitError:
            return ""
        return said.decode("ascii", "replace").strip()

    def snapshot(self, commit: str, folder: str, target: Path) -> list[str]:
        """Write the site's ``folder`` as of ``commit`` below ``target``, regardless of ``.gitattributes``.

        Returns:
            The files that were not written: names that no file of a site can have, and links out of the folder.

        Raises:
            GitError: The repository lacks a part of the folder.
        """
        listed = run_git(self.root, "ls-tree", "-r", "-z", commit, "--", f"{folder}/", limit=LONG_ANSWER)
        modes = _modes(listed)
        files = {path: blob for path, (mode, blob) in modes.items() if mode in (*_FILES, _LINK)}
        contents = self._contents(files.values())
        if lost := [path for path, blob in files.items() if blob not in contents]:
            raise GitError(f"the repository lacks {lost[0]} of commit {commit[:12]}", REFETCH)
        links = {path: _target(path, contents[blob]) for path, blob in files.items() if modes[path][0] == _LINK}
        return [
            path for path in modes if not _written(target, path, contents.get(files.get(links.get(path, path), "")))
        ]

    @cached_property
    def first_parent_versions(self) -> dict[str, list[FileVersion]]:
        """The versions of each data file, newest first, along the first parents of the current commit."""
        if self.missing:
            return {}
        lost = {each.blob for _, each in self.unreadable() if each.blob}
        try:
            return _with_readable(self._log("--first-parent"), lost)
        except GitError:
            return {}

    @cached_property
    def first_parents(self) -> tuple[str, ...]:
        """The ids of the current commit and its first parents, newest first; raise GitError without an answer."""
        said = run_git(self.root, "rev-list", "--first-parent", self.head, limit=LONG_ANSWER) if self.head else b""
        return tuple(said.decode("ascii", "replace").split())

    @cached_property
    def _start(self) -> str | GitError:
        """The current commit, or why the history cannot be read."""
        try:
            return self._current_commit()
        except GitError as error:
            return error

    def _current_commit(self) -> str:
        """Return the id of the current commit; raise GitError where the history is not whole."""
        try:
            said = run_git(self.root, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "HEAD")
        except GitError as error:
            if not isinstance(error, UnusableGit) and self._is_empty():
                raise GitError("nothing was committed yet", "git add --all && git commit --message Start") from None
            raise
        words = said.decode("ascii", "replace").split()
        if len(words) != 3 or not _COMMIT.fullmatch(words[2]):
            raise GitError(*_ODD_ANSWER)
        inside, shallow, commit = words
        if inside != "true":
            outside = "the site is outside the work tree of its repository (core.bare, core.worktree)"
            raise GitError(outside, "git config --unset core.worktree; git config core.bare false")
        if shallow != "false":
            raise GitError("this clone is shallow, so older commits are cut off", _UNSHALLOW)
        return commit

    def _is_empty(self) -> bool:
        """Return whether the repository is sound and its branch has no commit yet."""
        try:
            branch = run_git(self.root, "symbolic-ref", "HEAD").decode("utf-8", "surrogateescape").strip()
            return not run_git(self.root, "for-each-ref", "--count=1", "--", branch)
        except GitError:
            return False

    @cached_property
    def _committed(self) -> dict[str, list[FileVersion]] | GitError:
        """The versions of each data file, newest first, in all ancestors of the current commit."""
        try:
            found = self._log() if self.head else {}
            return _with_readable(found, self._lost(found))
        except GitError as error:
            return error

    def _log(self, *which: str) -> dict[str, list[FileVersion]]:
        return _versions(run_git(self.root, *_LOG, *which, self.head, "--", "data", limit=LONG_ANSWER))

    def _lost(self, found: Mapping[str, list[FileVersion]]) -> set[str]:
        """Return the blobs of old versions that the repository lacks."""
        wanted = {each.blob for path in found if _is_read(path) for each in found[path] if each.blob}
        lines = self._cat_file("--batch-check", wanted).splitlines()
        if len(lines) != len(wanted):
            raise GitError(*_ODD_ANSWER)
        return wanted.difference(line.split(b" ")[0].decode("ascii", "replace") for line in lines if b" blob " in line)

    def _cat_file(self, how: str, blobs: Collection[str]) -> bytes:
        return run_git(self.root, "cat-file", how, given=_lines(blobs), limit=LONG_ANSWER) if blobs else b""

    def texts(self, blobs: Iterable[str]) -> dict[str, str]:
        """Return the text of each blob that can be read, by one call of git; :attr:`unanswered` says why none can."""
        return {blob: data.decode("utf-8", "replace") for blob, data in self.contents(blobs).items()}

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the bytes of each blob that can be read, by one call of git; :attr:`unanswered` says why none can."""
        try:
            return self._contents(blobs)
        except GitError as error:
            self.unanswered = error
            return {}

    def _contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        wanted = list(dict.fromkeys(blobs))
        return _blobs(wanted, self._cat_file("--batch", wanted))


def _blobs(wanted: Iterable[str], answered: bytes) -> dict[str, bytes]:
    """Return the content of each blob from what ``cat-file`` answered; raise GitError where that cannot be read."""
    found, start = {}, 0
    try:
        for blob in wanted:
            end = answered.index(b"\n", start)
            kind, _, size = answered[start:end].partition(b" ")[2].partition(b" ")
            start = end + 1
            if kind == b"blob":
                found[blob] = answered[start : start + int(size)]
                start += int(size) + 1
                if not is_blob(found[blob], blob):  # git itself compares only when it is asked to look for damage
                    raise GitError(f"the content {blob[:12]} in the repository is damaged", f"git fsck, or {REFETCH}")
    except ValueError:
        raise GitError(*_ODD_ANSWER) from None
    return found


def _modes(listed: bytes) -> dict[str, tuple[bytes, str]]:
    """Return the mode and blob of each path from what ``ls-tree`` answered; raise GitError where it cannot be read."""
    entries = [entry.partition(b"\t") for entry in listed.split(b"\0") if entry]
    try:
        return {_path(name): (meta[:6], meta.split(b" ")[2].decode()) for meta, _, name in entries}
    except (IndexError, ValueError):
        raise GitError(*_ODD_ANSWER) from None


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _path(name: bytes) -> str:
    """Decode a path; invalid UTF-8 is kept as surrogates."""
    return name.decode("utf-8", "surrogateescape")


def _target(path: str, link: bytes) -> str:
    """Return the target of a link at ``path``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), _path(link)))


def _written(target: Path, path: str, data: bytes | None) -> bool:
    """Write a file of an old commit; return whether that was possible."""
    if data is None or not path.isprintable() or ".." in PurePosixPath(path).parts:
        return False
    try:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    except OSError:  # a name that is too long, or a file in the place of a folder
        return False
    return True


def _with_readable(found: dict[str, list[FileVersion]], lost: Collection[str]) -> dict[str, list[FileVersion]]:
    """Return the versions with ``readable`` set."""
    if not lost:
        return found
    return {path: [replace(each, readable=each.blob not in lost) for each in kept] for path, kept in found.items()}


def _is_read(path: str) -> bool:
    return path.rpartition("/")[0] in _READ


def _versions(log: bytes) -> dict[str, list[FileVersion]]:
    """Parse a log whose fields end in NUL: lines of commits, lines of changes, and paths.

    A path follows each change and is read with it, because it may look like the line of a commit.
    """
    found: dict[str, list[FileVersion]] = {}
    commit = day = ""
    fields = iter(log.split(b"\0"))
    for field in fields:
        line = field.lstrip(b"\n")
        if line.startswith(b"\x01"):
            commit, _, day = line[1:].decode("ascii", "replace").partition(" ")
            commit, day = commit.strip(), day.strip()
        elif line.startswith(b":"):
            try:
                _, mode, _, blob, *_ = line.split(b" ")
                version = FileVersion(commit, day, blob.decode() if mode in _FILES else None)
                found.setdefault(_path(next(fields)), []).append(version)
            except (ValueError, StopIteration):
                raise GitError(*_ODD_ANSWER) from None
    return found
