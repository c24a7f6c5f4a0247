"""The shipped packets as drafts of the form that writes a packet."""

import json
from typing import Any

from playwright.sync_api import Page

from opmodel.model.packet import Packet
from opmodel.views.packet_form import form_data
from opmodel.worksheets.yaml_writer import plain_data
from sites import check_shipped

FORM = "contribute/write-a-packet/"
LIMITS = "contribute/check-approval-limits/"
PACKETS = {name: entry.value for name, entry in check_shipped().model.packets.items()}


def bring_back(page: Page, name: str, packet: Packet) -> None:
    """Fill the form on the page with a packet, the way a draft comes back."""
    page.evaluate("text => localStorage.setItem('opmodel-packet-draft', text)", kept(name, plain_data(packet)))
    page.reload()
    page.get_by_text("Your draft is back.").wait_for()


def kept(name: str, data: Any) -> str:
    """Return the text of a draft."""
    return json.dumps({"id": name, "data": form_data(data)})
