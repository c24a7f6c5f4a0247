"""Python's garbage collector, kept from looking again and again through data that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Collect nothing while much is loaded that stays: looking through it as it grows takes longer than loading it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # and back again: what was made is old now, and the next collection need not look through it
            gc.unfreeze()
            gc.enable()
