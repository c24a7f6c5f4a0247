"""The cover of a packet."""

from copy import deepcopy
from pathlib import Path

import sites
from opmodel.load.loader import load


def test_covers_that_share_what_is_equal_are_the_same_covers(tmp_path: Path) -> None:
    covers = list(load(sites.good(tmp_path)).model.covers.values())
    same: dict[object, object] = {}
    apart = [deepcopy(cover) for cover in covers * 2]  # as from other processes
    shared = [cover.alike(same) for cover in apart]
    assert shared == covers * 2
    first, second = shared[0], shared[len(covers)]
    assert first.value is second.value
    assert first.duties[0] is second.duties[0]
    assert all(first.rows[section] is second.rows[section] for section in first.rows)
