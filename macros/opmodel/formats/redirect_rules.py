"""``_redirects``: former pages as plain rules, for hosts and servers that answer with a redirect of their own.

GitLab Pages, Netlify and Cloudflare Pages read this file as it is; the nginx recipe makes a map of it. A page of which
a part went elsewhere has no rule here: only its page at the former address, with its script, can tell the parts apart.
"""

from urllib.parse import urlsplit

from opmodel.links.former_pages import FormerPages
from opmodel.permalinks import addresses
from opmodel.rules.check import Checked


def redirect_rules(checked: Checked) -> str:
    """Return one line per former page: the former path, the present path, 301. Paths begin at the root of the host."""
    root = urlsplit(addresses.absolute(checked.model, "")).path
    plain = (page for page in FormerPages(checked.model).pages() if not page.steps and "#" not in page.target)
    lines = [f"{root}{page.address} {root}{page.target} 301" for page in plain]
    return "".join(f"{line}\n" for line in ("# former path, present path, status", *lines))
