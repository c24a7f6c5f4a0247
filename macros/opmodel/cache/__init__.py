"""A cache of results between runs, and functions that share work between processes."""

from opmodel.cache.cache import Cache, CachedResults, LazyMapping
from opmodel.cache.digests import Key, digest, engine_version
from opmodel.cache.processes import PARALLEL_FROM, garbage_collection_paused, parallel_map, run_in_fork

__all__ = [
    "PARALLEL_FROM",
    "Cache",
    "CachedResults",
    "Key",
    "LazyMapping",
    "digest",
    "engine_version",
    "garbage_collection_paused",
    "parallel_map",
    "run_in_fork",
]
