"""Summaries of packets."""

from copy import deepcopy
from pathlib import Path

import sites
from opmodel.load.loader import load_model


def test_interned_summaries_are_equal_and_share_their_parts(tmp_path: Path) -> None:
    summaries = list(load_model(sites.good(tmp_path)).model.summaries.values())
    pool: dict[object, object] = {}
    apart = [deepcopy(summary) for summary in summaries * 2]  # as from other processes
    shared = [summary.interned(pool) for summary in apart]
    assert shared == summaries * 2
    first, second = shared[0], shared[len(summaries)]
    assert first.value is second.value
    assert first.duties[0] is second.duties[0]
    assert all(first.rows[section] is second.rows[section] for section in first.rows)
