"""What stays of a packet and its page once its files are made: nothing."""

import gc
from weakref import ref

import pytest

from opmodel.adapter import page_sources
from opmodel.load.loader import load_site
from opmodel.readiness.history import History
from opmodel.rules.check import check
from opmodel.rules.packet_checker import PacketChecker
from opmodel.views.packet.page import PacketView, packet_page
from sites import SHIPPED, TODAY


def test_a_packet_is_let_go_of_once_its_files_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check(SHIPPED, TODAY)
    views: list[ref[PacketView]] = []

    def watched(*given: object) -> PacketView:
        view = packet_page(*given)  # type: ignore[arg-type]
        views.append(ref(view))
        return view

    monkeypatch.setattr(page_sources, "packet_page", watched)
    gc.disable()  # a ring of references would hold a view until somebody looks for garbage, which takes its time
    try:
        for name in checked.model.summaries:
            assert list(page_sources.packet_content(checked, name).companions())
            assert views.pop()() is None
    finally:
        gc.enable()


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
