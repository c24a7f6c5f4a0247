"""What stays of a packet and its page once its files are made: nothing."""

import gc
import os
import subprocess
import sys
from weakref import ref

import pytest

from opmodel.adapter import page_sources
from opmodel.load.loader import load_site
from opmodel.readiness.history import History
from opmodel.rules.check import check
from opmodel.rules.packet_checker import PacketChecker
from opmodel.views.packet.page import PacketView, packet_page
from sites import SHIPPED, TESTS, TODAY


def held_packets() -> list[str]:
    """Return the packets whose view is still held after all files of their page were made."""
    checked, views = check(SHIPPED, TODAY), []

    def watched(*given: object) -> PacketView:
        views.append(ref(view := packet_page(*given)))  # type: ignore[arg-type]
        return view

    pytest.MonkeyPatch().setattr(page_sources, "packet_page", watched)
    gc.disable()  # a ring of references would hold a view until somebody looks for garbage, which takes its time
    held = []
    for name in checked.model.summaries:
        assert list(page_sources.packet_content(checked, name).companions())
        held += [name] if views.pop()() else []
    return held


@pytest.mark.slow
def test_a_packet_is_let_go_of_once_its_files_are_made() -> None:
    # in a process of its own, so that nothing that other tests started counts
    code = "from adapter.test_memory_of_pages import held_packets; print(held_packets())"
    path = os.pathsep.join((str(TESTS), *sys.path))
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.slow
def test_checking_a_packet_leaves_nothing_to_collect() -> None:
    checker = PacketChecker(load_site(SHIPPED), SHIPPED, TODAY, History(SHIPPED))

    def check_all() -> None:
        for name in checker.names:
            assert checker.check(name, *checker.read_files(name)).content

    check_all()  # what is made once for all packets stays
    gc.collect()
    gc.disable()  # as in a process that does nothing else: it looks for garbage only where there is very much
    try:
        check_all()
        assert gc.collect() == 0
    finally:
        gc.enable()
