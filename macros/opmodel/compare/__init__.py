"""Comparison of two versions by meaning, not by line.

- `approval.compare_tables(before, after)` returns exactly the cases that two approval models answer differently.
- `packets.compare_packets(before, after)` compares two versions of a packet, section by section.
- `sites.compare_sites(before, after, as_of)` compares two versions of a whole site.
- `text.as_text`, `markdown.as_markdown` and `json_document.as_json` print a comparison of sites.
"""
