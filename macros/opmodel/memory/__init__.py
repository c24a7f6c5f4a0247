"""Work that is done once: results by the digest of all that they depend on, and processes that share the work.

``memory`` keeps results, in this process and, between runs, in a folder of the user's own; never in the project, so
that nobody who sends a change can put a result there. ``engine`` says what the engine itself is made of. ``workers``
makes many results in as many processes as there are cores, or does work meanwhile. ``collector`` keeps Python from
looking through data that stays. ``asked`` fetches values one by one.
"""

from opmodel.memory.asked import Asked
from opmodel.memory.collector import paused
from opmodel.memory.engine import engine
from opmodel.memory.memory import Key, Memory, Results, digest
from opmodel.memory.workers import FEW, meanwhile, several

__all__ = ["FEW", "Asked", "Key", "Memory", "Results", "digest", "engine", "meanwhile", "paused", "several"]
