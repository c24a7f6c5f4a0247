"""Cache of results under digests of all their inputs, and mappings that load their values on access."""

import os
import pickle
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from opmodel.cache import private_folder
from opmodel.cache.digests import Key, digest, engine_version
from opmodel.cache.processes import garbage_collection_paused, parallel_map

Input = TypeVar("Input")
Result = TypeVar("Result")
Summary = TypeVar("Summary")
Value = TypeVar("Value")
_DAMAGED = (
    pickle.UnpicklingError, struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, ImportError,
    LookupError, MemoryError, NameError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""Exceptions that reading a damaged pickle can raise."""


@dataclass(frozen=True, slots=True)
class CachedResults(Generic[Result, Summary]):
    """Results by key: all summaries in memory, and a function that loads one whole result.

    A whole result that is missing or damaged is computed again.
    """

    summaries: Mapping[Key, Summary]
    load: Callable[[Key], Result]


class Cache:
    """Results of earlier runs, by name and key. Losing the cache only slows down the next run.

    Results are pickles, because reading trees of records from JSON takes longer than computing them; so they are read
    from a private folder only. Each file begins with the version of the engine, the name of its contents and a
    checksum; anything of another version or name, or damaged, counts as missing.

    Args:
        folder: Where results are kept between runs. Without one, or if it is not private to this user, they are kept
            in this process only.
        summaries_only: Whether to keep summaries and no whole results, whose pickling takes a good part of the time of
            a run. A whole result is then computed again on access.
    """

    def __init__(self, folder: Path | None = None, *, summaries_only: bool = False) -> None:
        self.folder = private_folder.private_folder(folder) if folder else None
        self.summaries_only = summaries_only
        self.on_progress: Callable[[Iterable[Any], int], Iterable[Any]] = lambda results, _: results
        """Wraps results while they are computed, with their number, to report progress."""
        self._live: dict[str, Any] = {}

    @classmethod
    def of(cls, root: Path, *, summaries_only: bool = False) -> "Cache":
        """Return the cache of the site in ``root``, in a folder of its own in the user's cache folder.

        ``OPMODEL_CACHE`` names another folder for the caches of all sites; if it is empty, nothing is kept.
        """
        try:
            base = os.environ.get("OPMODEL_CACHE")
            if base is None:
                base = str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "opmodel")
        except RuntimeError:  # a user without a home
            base = ""
        if base and not Path(base).is_absolute():
            private_folder.say(f"Nothing is kept for the next run in {base}: it is no absolute path.")
            base = ""
        return cls(Path(base) / digest(str(root)) if base else None, summaries_only=summaries_only)

    def results(
        self,
        name: str,
        inputs: Mapping[Key, Input],
        compute: Callable[[Input], Result],
        summarise: Callable[[Result], Summary],
        *,
        intern: Callable[[Summary], Summary] = lambda summary: summary,
        kind: type = object,
    ) -> CachedResults[Result, Summary]:
        """Return the results of ``compute`` for all inputs, cached or computed in parallel.

        Summaries are in memory; whole results are read on access. Results under other keys are dropped.

        Args:
            name: Name of these results in the cache.
            inputs: The input of each result, by a digest of all that the result depends on.
            compute: Computes one result.
            summarise: Returns what is held in memory of a result.
            intern: Replaces parts of a new summary by equal objects, because other processes share none.
            kind: Type of results and summaries; anything else in the cache counts as missing.
        """
        index = self._index(name, kind)
        new = [key for key in inputs if key not in index]

        def computed(key: Key) -> tuple[Summary, bytes | None]:
            result = compute(inputs[key])
            summary = summarise(result)
            data = None if self.summaries_only else pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
            stored = data and self._store(name, key, data)
            return summary, None if stored else data

        def load(key: Key) -> Result:
            found = _unpickled(pickled[key] if key in pickled else self._stored(name, key), kind)
            return compute(inputs[key]) if found is None else cast(Result, found)

        fresh = dict(zip(new, self.on_progress(parallel_map(computed, new), len(new)), strict=True))
        pickled = {key: data for key, data in self._live.get(name, {}).items() if key in inputs}
        pickled |= {key: data for key, (_, data) in fresh.items() if data is not None}
        summaries = {key: intern(fresh[key][0]) if key in fresh else index[key] for key in inputs}
        if summaries.keys() != index.keys():
            self._write_index(name, summaries)
        self._live[name] = pickled
        return CachedResults(summaries, load)

    def small_results(
        self, name: str, inputs: Mapping[Key, Input], compute: Callable[[Input], Result], kind: type = object
    ) -> dict[Key, Result]:
        """Return the results of ``compute`` for all inputs, cached or computed in parallel, all in memory."""
        index = self._index(name, kind)
        new = [key for key in inputs if key not in index]
        fresh = dict(zip(new, parallel_map(lambda key: compute(inputs[key]), new), strict=True))
        found = {key: fresh[key] if key in fresh else index[key] for key in inputs}
        if found.keys() != index.keys():
            self._write_index(name, found)
        return found

    def start(
        self, name: str, key: Key, compute: Callable[[], Result], *, fork: bool, kind: type = object
    ) -> Callable[[], Result]:
        """Look up one result, or start to compute it, and return a function that waits for it.

        Args:
            name: Name of the result in the cache.
            key: Digest of all that the result depends on.
            compute: Computes the result.
            fork: Whether to compute it in another process, which starts at once.
            kind: Type of the result.
        """
        index = self._index(name, kind)
        if key in index:
            return lambda: index[key]
        running = parallel_map(lambda _: compute(), (key,), few=1 if fork else 2)

        def wait() -> Result:
            (found,) = running
            self._write_index(name, {key: found})
            return found

        return wait

    def get(self, name: str) -> Any:
        """Return the value under a name, or None."""
        if name in self._live:
            return self._live[name]
        if not self.folder:
            return None
        data = private_folder.read_private(self._file(name), self.folder, self._version(name))
        return _unpickled(data, object)

    def get_mapping(self, name: str, kind: type) -> dict[Key, Any]:
        """Return the mapping under a name, or an empty one if any value is not of a kind."""
        found = self.get(name)
        return found if isinstance(found, dict) and all(isinstance(each, kind) for each in found.values()) else {}

    def put(self, name: str, value: Any) -> None:
        """Keep a value under a name, in place of an earlier one."""
        self._live[name] = value
        if self.folder:
            data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            private_folder.write_private(self._file(name), self._version(name), data)

    def _index(self, name: str, kind: type) -> dict[Key, Any]:
        return self.get_mapping(f"{name}-index", kind)

    def _write_index(self, name: str, summaries: Mapping[Key, Any]) -> None:
        """Keep the summaries of results, and delete the files of all other results."""
        self.put(f"{name}-index", summaries)
        folder = self._folder(name)
        try:
            for file in folder.iterdir() if folder else ():
                if file.name not in summaries and not file.is_dir():
                    file.unlink(missing_ok=True)
        except OSError:
            return

    def _folder(self, name: str) -> Path | None:
        return private_folder.private_subfolder(self.folder, name) if self.folder else None

    def _store(self, name: str, key: Key, data: bytes) -> bool:
        """Write the whole result of a key to its file; return whether that was possible."""
        folder = self._folder(name)
        return folder is not None and private_folder.write_private(folder / key, self._version(key), data)

    def _stored(self, name: str, key: Key) -> bytes | None:
        folder = self._folder(name)
        return private_folder.read_private(folder / key, folder, self._version(key)) if folder else None

    def _version(self, name: str) -> str:
        return f"opmodel {engine_version()} {name}"

    def _file(self, name: str) -> Path:
        assert self.folder
        return self.folder / f"{name}.pickle"


def _unpickled(data: bytes | None, kind: type) -> Any:
    """Return the object of a pickle, or None if there is none, it is damaged or of another kind."""
    try:
        with garbage_collection_paused():  # all new objects stay, so there is nothing to collect
            found = pickle.loads(data) if data is not None else None  # noqa: S301 from a private folder, checked
    except _DAMAGED:
        return None
    return found if isinstance(found, kind) else None


class LazyMapping(Mapping[str, Value]):
    """A mapping whose values are fetched on access. Iterating over values fetches every one."""

    def __init__(self, names: Collection[str], fetch: Callable[[str], Value]) -> None:
        self._names = dict.fromkeys(names)
        self._fetch = fetch

    def __getitem__(self, name: str) -> Value:
        """Fetch the value of a name."""
        if name not in self._names:
            raise KeyError(name)
        return self._fetch(name)

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a name, without fetching its value."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._names)
