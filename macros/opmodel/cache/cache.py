"""Results by the digest of all that they depend on."""

import hashlib
import os
import pickle
import struct
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from opmodel.cache import private_folder
from opmodel.cache.garbage import garbage_collection_paused
from opmodel.cache.processes import parallel_map

Given = TypeVar("Given")
Result = TypeVar("Result")
Brief = TypeVar("Brief")
Key = str
_DAMAGED = (
    pickle.UnpicklingError, struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, ImportError,
    LookupError, MemoryError, NameError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What reading a damaged pickle can raise."""


def digest(*parts: str | bytes) -> Key:
    """Return one digest of several texts; where one ends and the next begins counts."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


class Cache:
    """Results of earlier runs, by name and key. A memory that cannot be read is empty, and one that is lost costs time.

    Results are pickles, because they are trees of records that JSON would take longer to read than to make anew; so
    they are read from a private folder only. Each file begins with the version of the engine that wrote it, the name of
    what it holds and a checksum, so that whatever is of another version, of another kind or damaged is made again.

    Args:
        folder: Where results stay between runs, if it can be private to this user; without one they stay in this
            process.
        briefly: Whether briefs are enough, as for a run that hardly asks for more. Packing whole results takes a good
            part of the time that making them takes; without them, one is made again when it is asked for.
    """

    def __init__(self, folder: Path | None = None, *, briefly: bool = False) -> None:
        self.folder = private_folder.private_folder(folder) if folder else None
        self.briefly = briefly
        self.on_progress: Callable[[Iterable[Any], int], Iterable[Any]] = _silently
        """What passes results on as they are made, and may say how many of how many there are."""
        self._live: dict[str, dict[Key, Any]] = {}

    @classmethod
    def of(cls, root: Path, *, briefly: bool = False) -> "Cache":
        """Return the memory of the site in ``root``: a folder of its own among those that the user's programs keep.

        ``OPMODEL_CACHE`` names another place for all of them; set to nothing, it keeps nothing.
        """
        try:
            base = os.environ.get("OPMODEL_CACHE")
            if base is None:
                base = str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "opmodel")
        except RuntimeError:  # a user without a home
            base = ""
        return cls(Path(base) / digest(str(root)) if Path(base).is_absolute() else None, briefly=briefly)

    def all(
        self,
        name: str,
        given: Mapping[Key, Given],
        make: Callable[[Given], Result],
        brief: Callable[[Result], Brief],
        stays: Callable[[Brief], bool],
        alike: Callable[[Brief], Brief] = lambda brief: brief,
        kinds: tuple[type, type] = (object, object),
    ) -> "CachedResults[Result, Brief]":
        """Return the result of each key, remembered or made; ``make`` gets what belongs to a key.

        ``brief`` says of a result what is kept at hand of it; the result itself is read when it is asked for. Results
        of other keys are forgotten, and so are those whose brief ``stays`` rejects, because they depend on more than
        their key says. What other processes made has nothing in common, so ``alike`` gets each new brief, to put one
        object in the place of equal ones. ``kinds`` are the types of a result and of a brief.
        """
        index = self._index(name, kinds[1])
        new = [key for key in given if key not in index]
        folder = self._folder(name)

        def made(key: Key) -> tuple[Brief, bytes | None]:
            result = make(given[key])
            found = brief(result)
            if self.briefly:
                return found, None
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
            kept = folder is not None and stays(found) and private_folder.keep(folder / key, self._version(key), data)
            return found, None if kept else data

        fresh = dict(zip(new, self.on_progress(parallel_map(made, new), len(new)), strict=True))
        held = {key: data for key, (_, data) in fresh.items() if data is not None}
        held |= {key: data for key, data in self._live.get(name, {}).items() if key in given and key not in fresh}
        at_hand = {key: alike(fresh[key][0]) if key in fresh else index[key] for key in given}
        lasting = {key: each for key, each in at_hand.items() if stays(each)}
        if lasting.keys() != index.keys():
            self._keep_index(name, lasting)
        self._live[name] = {key: data for key, data in held.items() if key in lasting}
        return CachedResults(at_hand, held, folder, given, make, kinds[0], self._version)

    def small(
        self, name: str, given: Mapping[Key, Given], make: Callable[[Given], Result], kind: type = object
    ) -> dict[Key, Result]:
        """Return the result of each key, remembered or made, where all of them are small enough to be at hand."""
        index = self._index(name, kind)
        new = [key for key in given if key not in index]
        fresh = dict(zip(new, parallel_map(lambda key: make(given[key]), new), strict=True))
        found = {key: fresh[key] if key in fresh else index[key] for key in given}
        if found.keys() != index.keys():
            self._keep_index(name, found)
        return found

    def begun(
        self, name: str, key: Key, make: Callable[[], Result], *, apart: bool, kind: type = object
    ) -> Callable[[], Result]:
        """Begin to make one result that is not remembered, and return what waits for it.

        ``apart`` says that it takes long, so that another process makes it while this one goes on.
        """
        index = self._index(name, kind)
        if key in index:
            return lambda: index[key]
        making = parallel_map(lambda _: make(), (key,), few=1 if apart else 2)

        def done() -> Result:
            (found,) = making
            self._keep_index(name, {key: found})
            return found

        return done

    def _index(self, name: str, kind: type) -> dict[Key, Any]:
        """Return the brief of every result that is remembered."""
        return self.recalled(f"{name}-index", kind)

    def _keep_index(self, name: str, at_hand: Mapping[Key, Any]) -> None:
        """Remember which results there are, and forget all others."""
        self.keep(f"{name}-index", at_hand)
        folder = self._folder(name)
        try:
            for file in folder.iterdir() if folder else ():
                if file.name not in at_hand and not file.is_dir():
                    file.unlink(missing_ok=True)
        except OSError:
            return

    def _folder(self, name: str) -> Path | None:
        return private_folder.private_subfolder(self.folder, name) if self.folder else None

    def _version(self, name: str) -> str:
        from opmodel.cache.engine_version import engine_version  # it needs this module

        return f"opmodel {engine_version()} {name}"

    def recall(self, name: str) -> Any:
        """Return what was kept under a name, or None."""
        if name in self._live:
            return self._live[name].get("")
        return self._read(name).get("") if self.folder else None

    def recalled(self, name: str, kind: type) -> dict[Key, Any]:
        """Return the mapping that was kept under a name, where all its values are of a kind; otherwise an empty one."""
        found = self.recall(name)
        return found if isinstance(found, dict) and all(isinstance(each, kind) for each in found.values()) else {}

    def keep(self, name: str, value: Any) -> None:
        """Keep a value under a name until another takes its place."""
        self._live[name] = {"": value}
        if self.folder:
            self._write(name, {"": value})

    def _read(self, name: str) -> dict[Key, Any]:
        assert self.folder
        data = private_folder.recall(self._file(name), self.folder, self._version(name))
        try:
            read: Any = _loaded(data) if data is not None else {}
        except _DAMAGED:
            return {}
        return read if isinstance(read, dict) else {}

    def _write(self, name: str, results: Mapping[Key, Any]) -> None:
        private_folder.keep(self._file(name), self._version(name), pickle.dumps(dict(results), pickle.HIGHEST_PROTOCOL))

    def _file(self, name: str) -> Path:
        assert self.folder
        return self.folder / f"{name}.pickle"


class CachedResults(Generic[Result, Brief]):
    """Results by key: the brief of each at hand, each whole one when it is asked for."""

    def __init__(
        self,
        at_hand: dict[Key, Brief],
        held: Mapping[Key, bytes],
        folder: Path | None,
        given: Mapping[Key, Any],
        make: Callable[[Any], Result],
        kind: type,
        version: Callable[[str], str],
    ) -> None:
        self.at_hand = at_hand
        self._held = held
        self._folder = folder
        self._given = given
        self._make = make
        self._kind = kind
        self._version = version

    def whole(self, key: Key) -> Result:
        """Return the result of a key. One that was lost or spoilt meanwhile is made again."""
        data = self._held[key] if key in self._held else self._read(key)
        try:
            result: Any = _loaded(data) if data is not None else None
        except _DAMAGED:
            result = None
        if result is None or not isinstance(result, self._kind):
            return self._make(self._given[key])
        return cast(Result, result)

    def _read(self, key: Key) -> bytes | None:
        return private_folder.recall(self._folder / key, self._folder, self._version(key)) if self._folder else None


def _loaded(data: bytes) -> Any:
    """Return what was kept. Nothing is collected meanwhile: all that is made stays, and looking at it takes long."""
    with garbage_collection_paused():
        return pickle.loads(data)  # noqa: S301 from a private folder, of this version and whole


def _silently(results: Iterable[Any], count: int) -> Iterable[Any]:  # noqa: ARG001 others say how many there are
    return results
