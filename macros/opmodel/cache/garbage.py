"""Python's garbage collector, kept from looking again and again through data that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_collection_paused(*, stays: bool = False) -> Iterator[None]:
    """Collect nothing while much is loaded: looking through it as it grows takes longer than loading it.

    Args:
        stays: Whether all that is made meanwhile stays, so that the next collections need not look through it either.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was and stays:
            gc.freeze()  # and back again, after which it counts as old
            gc.unfreeze()
        if was:
            gc.enable()
