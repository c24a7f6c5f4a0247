"""Results that are kept between runs, and work that is shared by several processes.

``cache`` holds results under digests of all that they depend on, in memory and in a private folder of the user.
``engine_version`` identifies the engine and its libraries in those digests. ``processes`` maps a function over many
values in forked processes. ``garbage`` pauses garbage collection. ``lazy_mapping`` loads values on first use.
"""

from opmodel.cache.cache import Cache, CachedResults, Key, digest
from opmodel.cache.engine_version import engine_version
from opmodel.cache.garbage import garbage_collection_paused
from opmodel.cache.lazy_mapping import LazyMapping
from opmodel.cache.processes import PARALLEL_FROM, parallel_map, run_in_fork

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
