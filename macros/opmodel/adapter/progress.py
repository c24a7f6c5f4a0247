"""Progress messages of long builds."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from opmodel.adapter.host import log

INTERVAL_SECONDS = 2.0
"""Time between two messages."""
Each = TypeVar("Each")


def log_progress(what: str, results: Iterable[Each], count: int) -> Iterator[Each]:
    """Yield results as they are made, and log every two seconds how many of ``count`` there are."""
    last = monotonic()
    for number, each in enumerate(results, 1):
        yield each
        if number < count and monotonic() - last >= INTERVAL_SECONDS:
            last = monotonic()
            log.info("%s: %s of %s", what, f"{number:,}", f"{count:,}")
