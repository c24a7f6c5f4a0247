"""Pages that show a packet by its macro: one for each packet of the shipped site, built strictly."""

from pathlib import Path

import pytest

from sites import build, shipped

PAGE = """---
title: Shows {0}
description: Shows the packet {0} on a page of its own.
---

# Shows {0}

{{{{ packet("{0}") }}}}

- In a list

    {{{{ packet_section("{0}", "readiness") }}}}
"""


@pytest.mark.slow
def test_a_page_can_show_any_packet(tmp_path: Path) -> None:
    site = shipped(tmp_path / "site")
    names = [file.stem for file in sorted((site / "data" / "workflows").glob("*.yml"))]
    for name in names:
        (site / "docs" / f"show-{name}.md").write_text(PAGE.format(name), encoding="utf-8")
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.writelines(f"  - show-{name}.md\n" for name in names)
    built = build(site, CI="")
    for name in names:
        html = (built / f"show-{name}" / "index.html").read_text(encoding="utf-8")
        assert html.count('id="readiness-definition-complete"') == 2
        assert "<!--\x02" not in html
