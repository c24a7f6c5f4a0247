"""Results by the digest of all that they depend on."""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from opmodel.memory.workers import several

Given = TypeVar("Given")
Result = TypeVar("Result")
Key = str


def digest(*parts: str | bytes) -> Key:
    """Return one digest of several texts; where one ends and the next begins counts."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


class Memory:
    """Results of earlier runs, by name and key. A memory that cannot be read is empty, and one that is lost costs time.

    Args:
        folder: Where results stay between runs; without one they stay in this process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.told: Callable[[Iterable[Any], int], Iterable[Any]] = _silently
        """What passes results on as they are made, and may say how many of how many there are."""
        self._live: dict[str, dict[Key, Any]] = {}

    @classmethod
    def of(cls, root: Path) -> "Memory":
        """Return the memory of the site in ``root``: a folder of its own among those that the user's programs keep.

        ``OPMODEL_CACHE`` names another place for all of them; set to nothing, it keeps nothing.
        """
        try:
            base = os.environ.get("OPMODEL_CACHE")
            if base is None:
                base = str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "opmodel")
        except RuntimeError:  # a user without a home
            return cls()
        return cls(Path(base) / digest(str(root))) if Path(base).is_absolute() else cls()

    def all(
        self,
        name: str,
        given: Mapping[Key, Given],
        make: Callable[[Given], Result],
        stays: Callable[[Result], bool],
    ) -> dict[Key, Result]:
        """Return the result of each key, remembered or made; ``make`` gets what belongs to a key.

        Results of other keys are forgotten, and so are those that ``stays`` rejects, because they depend on more than
        their key says.
        """
        live = self._live.get(name, {})
        found = {key: live[key] for key in given if key in live}
        missing = {key: each for key, each in given.items() if key not in found}
        if missing and self.folder:
            found |= self._kept(name, given, missing, make, stays)
        else:
            found |= {key: make(each) for key, each in missing.items()}
        self._live[name] = {key: result for key, result in found.items() if stays(result)}
        return {key: found[key] for key in given}

    def _kept(
        self,
        name: str,
        given: Mapping[Key, Given],
        missing: Mapping[Key, Given],
        make: Callable[[Given], Result],
        stays: Callable[[Result], bool],
    ) -> dict[Key, Result]:
        """Return the results of the keys ``missing`` in this process: those of earlier runs, and those made now."""
        before = self._read(name)
        new = [key for key in missing if key not in before]

        def pickled(key: Key) -> tuple[bytes, bool]:
            result = make(missing[key])
            return pickle.dumps(result, pickle.HIGHEST_PROTOCOL), stays(result)

        made = dict(zip(new, self.told(several(pickled, new), len(new)), strict=True))
        kept = {key: before[key] for key in given if key in before}
        lasting = {key: data for key, (data, lasts) in made.items() if lasts}
        if lasting or len(kept) < len(before):
            self._write(name, kept | lasting)
        data = {key: made[key][0] if key in made else before[key] for key in missing}
        return {key: pickle.loads(each) for key, each in data.items()}  # noqa: S301 written by this user's own runs

    def recall(self, name: str) -> Any:
        """Return what was kept under a name, or None."""
        if name in self._live:
            return self._live[name].get("")
        return self._read(name).get("") if self.folder else None

    def keep(self, name: str, value: Any) -> None:
        """Keep a value under a name until another takes its place."""
        self._live[name] = {"": value}
        if self.folder:
            self._write(name, {"": value})

    def _read(self, name: str) -> dict[Key, Any]:
        try:
            read: Any = pickle.loads(self._file(name).read_bytes())  # noqa: S301 as above
        except Exception:
            return {}
        return read if isinstance(read, dict) else {}

    def _write(self, name: str, results: Mapping[Key, Any]) -> None:
        """Write a file whole or not at all, so that a run at the same time reads one of both."""
        file = self._file(name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as opened:
                pickle.dump(dict(results), opened, pickle.HIGHEST_PROTOCOL)
            Path(temporary).replace(file)
        except OSError:
            return

    def _file(self, name: str) -> Path:
        assert self.folder
        return self.folder / f"{name}.pickle"


def _silently(results: Iterable[Any], count: int) -> Iterable[Any]:  # noqa: ARG001 others say how many there are
    return results
