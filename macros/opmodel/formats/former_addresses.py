"""Former addresses: redirect rules for pages, and the files at former addresses of files.

No file can redirect from every host, so a former file holds what took its place, or says where that is.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from opmodel.formats.api.documents import packet_document
from opmodel.formats.dmn import packet_dmn
from opmodel.formats.review_calendar import calendar
from opmodel.formats.schemas import text
from opmodel.links.former_pages import FormerPages, MovedPage
from opmodel.permalinks import addresses
from opmodel.permalinks.page_form import page_file
from opmodel.rules.check import Checked


def redirect_rules(checked: Checked) -> str:
    """Return ``_redirects``: one line per former page with the former path, the present path, and 301.

    Paths begin at the root of the host. GitLab Pages, Netlify and Cloudflare Pages read this file as it is; the nginx
    recipe makes a map of it. A page of which a part went elsewhere has no rule here: only its page at the former
    address, with its script, can tell the parts apart. Nor has a page that was removed: what stands there says so.
    """
    moved = (page for page in FormerPages(checked.model).pages() if not page.removed)
    plain = (page for page in moved if not page.steps and "#" not in page.target)
    lines = [f"{former} {present} 301" for page in plain for former, present in _paths(checked, page)]
    return "".join(f"{line}\n" for line in ("# former path, present path, status", *lines))


def _paths(checked: Checked, page: MovedPage) -> Iterator[tuple[str, str]]:
    """Yield (former path, present path) of a page, for each form in which its former address was published."""
    root = urlsplit(addresses.site_root(checked.model)).path
    present = urlsplit(addresses.absolute(checked.model, page.target)).path
    yield f"{root}{page.address}", present
    if not checked.model.host.directory_urls:
        yield f"{root}{page_file(page.address)}", present


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
