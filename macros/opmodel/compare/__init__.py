"""What changed between two versions, by meaning and not by line.

- `compare_tables(before, after)` says of two approval models exactly which cases are answered otherwise.
- `compare_packets(before, after)` compares two versions of a packet, section by section.
- `compare_sites(before, after, as_of)` compares two versions of a whole site.
- `as_text`, `as_markdown` and `as_json` print a comparison of sites.
"""

from opmodel.compare.approval import TableChange, compare_tables
from opmodel.compare.json_document import as_json
from opmodel.compare.markdown import as_markdown
from opmodel.compare.packets import PacketChange, compare_packets
from opmodel.compare.sites import SiteChange, compare_sites
from opmodel.compare.text import as_text

__all__ = [
    "PacketChange",
    "SiteChange",
    "TableChange",
    "as_json",
    "as_markdown",
    "as_text",
    "compare_packets",
    "compare_sites",
    "compare_tables",
]
