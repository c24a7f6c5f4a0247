"""What version control knows about a data file: every version that was ever committed, oldest first.

Only ``git`` is asked, and only for reading. Where there is no git or no history, nothing is known and nothing fails.
"""

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_SHA1_DIGITS = 40


@dataclass(frozen=True)
class Version:
    """One committed version of a file: commit id, day (RFC 3339) and text; ``text`` is None where it was removed."""

    commit: str
    day: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a file in the history that led to the present commit; ``blob`` is None where it was removed."""

    commit: str
    day: str
    blob: str | None


def is_blob(data: bytes, blob: str) -> bool:
    """Return whether git gives the id ``blob`` to content; the length of an id says how it is made."""
    kind = "sha1" if len(blob) == _SHA1_DIGITS else "sha256"
    return hashlib.new(kind, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest() == blob


class History:
    """The history of the site's folder: what led to the present commit.

    That is the main branch as far as it was merged. A branch that is behind it lacks what came later and loses nothing
    of it, because a merge keeps both.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def available(self) -> bool:
        """Whether the folder is in a git work tree with at least one commit that is not cut off (shallow)."""
        return bool(self.head)

    def versions(self, folder: str) -> dict[str, list[Version]]:
        """Return every committed version of each file at or below ``folder``, oldest first, by path."""
        kept = self.kept(folder)
        texts = self.texts(each.blob for found in kept.values() for each in found if each.blob)
        return {
            path: [Version(each.commit, each.day, texts.get(each.blob or "")) for each in reversed(found)]
            for path, found in kept.items()
        }

    def kept(self, folder: str) -> dict[str, list[Kept]]:
        """Return what is kept of each file at or below ``folder``, newest first, by path."""
        return {path: found for path, found in self._committed.items() if f"{path}/".startswith(f"{folder}/")}

    @cached_property
    def head(self) -> str:
        """The present commit, or nothing where there is no history or a part of it is cut off (shallow)."""
        shallow, _, commit = self._git("rev-parse", "--is-shallow-repository", "HEAD^{commit}").partition("\n")
        return commit.strip() if shallow == "false" else ""

    def commit_of(self, name: str) -> str:
        """Return the commit that ``name`` (a branch, tag or revision) stands for, or nothing."""
        return self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()

    def snapshot(self, commit: str, folders: Iterable[str], target: Path) -> bool:
        """Write ``folders`` of the site as they were in ``commit`` below ``target``; return whether there were any."""
        present = self._git("ls-tree", "-z", "--name-only", commit, "--", *(f"{name}/" for name in folders))
        wanted = [name for name in folders if any(path.startswith(f"{name}/") for path in present.split("\0"))]
        packed = self._bytes("archive", "--format=tar", commit, "--", *wanted) if wanted else None
        if not packed:
            return False
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(target, filter="data")
        return True

    @cached_property
    def lineages(self) -> dict[str, list[Kept]]:
        """The versions of each data file, newest first, along the first parents of the present commit."""
        return self._kept("--first-parent", "-m", self.head) if self.head else {}

    @cached_property
    def _committed(self) -> dict[str, list[Kept]]:
        """The versions of each data file, newest first, in every commit that the present one comes from."""
        return self._kept("-m", self.head) if self.head else {}

    def _kept(self, *which: str) -> dict[str, list[Kept]]:
        log = ("log", "--no-renames", "--raw", "--no-abbrev", "-z", "--format=%x01%H %cs", "--relative")
        found: dict[str, list[Kept]] = {}
        for entry in self._git(*log, *which, "--", "data").split("\x01")[1:]:
            head, *fields = entry.replace("\n", "\0").split("\0")
            commit, day = head.split(" ")
            raw = [field for field in fields if field]
            for meta, path in zip(raw[::2], raw[1::2], strict=True):
                blob = meta.split(" ")[3]
                found.setdefault(path, []).append(Kept(commit, day, blob if blob.strip("0") else None))
        return found

    def texts(self, blobs: Iterable[str]) -> dict[str, str]:
        """Return the text of each blob, all asked for at once."""
        wanted = list(dict.fromkeys(blobs))
        answered = self._bytes("cat-file", "--batch", given="\n".join(wanted).encode() + b"\n") if wanted else b""
        found, start = {}, 0
        for blob in wanted if answered else ():
            end = answered.index(b"\n", start)
            size = int(answered[start:end].split(b" ")[2])
            found[blob] = answered[end + 1 : end + 1 + size].decode("utf-8", "replace")
            start = end + 2 + size
        return found

    def _git(self, *arguments: str) -> str:
        done = self._run(*arguments)
        return done.stdout if done and done.returncode == 0 else ""

    def _bytes(self, *arguments: str, given: bytes = b"") -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 the arguments are ours, no shell is involved
                ["git", *arguments],  # noqa: S607 git is found as on the command line
                cwd=self.root,
                input=given,
                capture_output=True,
                check=False,
            )
        except OSError:
            return b""
        return done.stdout if done.returncode == 0 else b""

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str] | None:
        command = ["git", "-c", "core.quotePath=false", "-c", "log.showSignature=false", *arguments]
        try:
            return subprocess.run(  # noqa: S603 the arguments are ours, no shell is involved
                command, cwd=self.root, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
            )
        except OSError:
            return None
