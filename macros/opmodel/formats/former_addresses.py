"""Former addresses: redirect rules for pages, and the files at former addresses of files.

No file can redirect from every host, so a former file holds what took its place, or says where that is.
"""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from opmodel.formats.api.documents import packet_document
from opmodel.formats.dmn import packet_dmn
from opmodel.formats.review_calendar import calendar
from opmodel.formats.schemas import text
from opmodel.links.former_pages import FormerPages
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked


def redirect_rules(checked: Checked) -> str:
    """Return ``_redirects``: one line per former page with the former path, the present path, and 301.

    Paths begin at the root of the host. GitLab Pages, Netlify and Cloudflare Pages read this file as it is; the nginx
    recipe makes a map of it. A page of which a part went elsewhere has no rule here: only its page at the former
    address, with its script, can tell the parts apart. Nor has a page that was removed: what stands there says so.
    """
    root = urlsplit(addresses.absolute(checked.model, "")).path
    moved = (page for page in FormerPages(checked.model).pages() if not page.removed)
    plain = (page for page in moved if not page.steps and "#" not in page.target)
    lines = [f"{root}{page.address} {root}{page.target} 301" for page in plain]
    return "".join(f"{line}\n" for line in ("# former path, present path, status", *lines))


def former_file(checked: Checked, source: str, target: str, removed: str = "") -> str | bytes:
    """Return the file at ``source``, a former address that leads to ``target``, or what it belonged to was ``removed``
    on that day.

    JSON and decision tables of a packet are those of the packet that it is now. Everything else is a notice in the
    form that programs expect there: an empty calendar, a JSON object, or a line of text, which no engine decides by.
    """
    kind, present = PurePosixPath(source).suffix, PurePosixPath(target)
    where = addresses.absolute(checked.model, target)
    if kind == present.suffix == ".json":
        return packet_document(checked, present.stem)
    if kind == present.suffix == ".dmn":
        return packet_dmn(checked, present.parent.name) or ""
    what = f"Removed on {removed}; see" if removed else "Moved to"
    match kind:
        case ".ics":
            return calendar(f"{what} {where}", (), {})
        case ".json":
            return text({"removed_on": removed, "see": where} if removed else {"moved_to": where})
        case _:
            return f"{what} <{where}>\n"
