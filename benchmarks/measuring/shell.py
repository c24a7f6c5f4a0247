"""What surrounds the article of a built page, as the layout that other builders put their own articles into.

It is made of the site that was just built and is kept nowhere: the others' pages are to be as heavy as this project's.
"""

import re
from collections.abc import Callable
from pathlib import Path

Mark = Callable[[str], str]
"""What a builder's layout says in the place of a part that every page has of its own, by the part's name."""
_NAMES = {"title": "og:title", "description": "og:description", "address": "og:url"}
_MODIFIED = re.compile(r"^<meta property=.article:modified_time.*\n", re.M)
_PICTURE = re.compile(r'(property="og:image:alt" content=")[^"]*')
_DATA = re.compile(r"^<link [^>]*application/json.*$", re.M)
_LISTED = re.compile(r'(<ul class="md-nav__list"[^>]*>).*?(?=</ul>)', re.S)
_CONTENTS = re.compile(r'<details class="om-contents">.*?</details>', re.S)
_ARTICLE = re.compile(r'<article class="om-packet".*</article>(?=\s*</article>)', re.S)


def shell(site: Path, page: str, mark: Mark) -> str:
    """Return the page of a packet with a mark for its title, its description, its address, its sections and itself.

    Its links lead from the root of the site, so that it fits a page in any folder.
    """
    text = (site / page / "index.html").read_text(encoding="utf-8")
    text = _once(_ARTICLE, mark("article"), text)
    text = _once(_CONTENTS, mark("contents"), text)
    text = _once(_LISTED, rf"\g<1>{mark('sections')}", text)
    text = _once(_DATA, mark("data"), text)
    text = _once(_MODIFIED, "", text)
    text = _once(_PICTURE, r"\g<1>[description]", text)
    own = {name: re.search(rf'property="{known}" content="([^"]*)"', text) for name, known in _NAMES.items()}
    text = text.replace(f"../../{page}", "[address]")
    for name in ("description", "title", "address"):
        found = own[name]
        text = text.replace(found[1], f"[{name}]") if found else text
    for name in _NAMES:
        text = text.replace(f"[{name}]", mark(name))
    return (
        text.replace('"../../', '"/').replace('"../.."', '"/"').replace('href="../"', f'href="/{page.split("/")[0]}/"')
    )


def _once(pattern: re.Pattern[str], new: str, text: str) -> str:
    changed, times = pattern.subn(new, text)
    if times != 1:
        raise ValueError(f"expected one {pattern.pattern} in a packet's page, found {times}")
    return changed
