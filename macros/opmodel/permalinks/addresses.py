"""Where things are published, relative to the site's root. Ids make addresses; titles and positions never do."""

from opmodel.load.operating_model import OperatingModel
from opmodel.model.vocabulary import Section
from opmodel.permalinks.page_form import with_file

HOME, FAQ, MATRIX, PORTFOLIO, TEAMS, RULES = "", "faq/", "matrix/", "workflows/", "teams/", "reference/rules/"

API, FEED, REVIEWS, LLMS = "api/", "feed.xml", "reviews.ics", "llms.txt"
MATRIX_CSV, PORTFOLIO_CSV, CANDIDATES_CSV = "api/matrix.csv", "api/portfolio.csv", "api/candidates.csv"


MADE = ("_redirects", "404.html", "sitemap.xml.gz")
"""Files at the site's root that are made from data, besides those that are published for good."""
MADE_FOLDERS = (API, "search/", "assets/opmodel/")
"""Folders that hold nothing but what is made."""


def absolute(model: OperatingModel, address: str) -> str:
    """Return the canonical address: ``address`` under the address that ``data/site.yml`` gives."""
    return site_root(model) + (address if model.host.directory_urls else with_file(address))


def site_root(model: OperatingModel) -> str:
    """Return the address that ``data/site.yml`` gives, with a slash at its end."""
    return model.site.value.address.rstrip("/") + "/" if model.site else "/"


def on_pages(model: OperatingModel, address: str) -> str:
    """Return ``address`` as pages of this build name it, relative to the site's root."""
    return with_file(address) if model.host.links_to_files else address


def schema(name: str) -> str:
    """Return the address of a JSON Schema."""
    return f"{API}schemas/{name}.json"


def reviews(team: str) -> str:
    """Return the address of a team's calendar of reviews."""
    return f"teams/{team}/{REVIEWS}"


def packet(name: str, anchor: str = "") -> str:
    """Return the address of a packet, or of a section or row on its page."""
    return f"workflows/{name}/{_fragment(anchor)}"


def packet_data(name: str) -> str:
    """Return the address of a packet as JSON."""
    return f"{API}workflows/{name}.json"


def decision_table(name: str) -> str:
    """Return the address of a packet's approval table in DMN."""
    return f"workflows/{name}/approval.dmn"


def question(name: str) -> str:
    """Return the address of an answer."""
    return f"faq/{name}/"


def team(name: str) -> str:
    """Return the address of a team's page."""
    return f"teams/{name}/"


def system(name: str) -> str:
    """Return the address of a system's page."""
    return f"systems/{name}/"


def candidate_list(number: int) -> str:
    """Return the address of a page of the candidates that nobody has counted, by its number from 1."""
    return "candidates/" if number == 1 else f"candidates/{number}/"


def guide(reference: str) -> str:
    """Return the address of a guide page or section such as ``approval-model#thresholds``."""
    page, _, anchor = reference.partition("#")
    return f"guide/{'' if page == 'index' else page + '/'}{_fragment(anchor)}"


def page(path: str) -> str:
    """Return the address of a page of ``docs/`` by its path without ``.md``: ``guide/packet``, ``faq/index``."""
    folder, _, name = path.rpartition("/")
    return f"{path}/" if name not in ("index", "README") else f"{folder}/" if folder else HOME


def markdown(page: str) -> str:
    """Return the address of the page at address ``page`` as Markdown."""
    return f"{page}index.md"


def row_anchor(section: Section, name: str) -> str:
    """Return the anchor of a row in a section of a packet's page: ``approval-ap-01``."""
    return f"{section.value}-{name.lower()}"


def link_address(target: str) -> str:
    """Return the address that a link in a Markdown field means (``guide:…``, ``faq:…``), or the link as it is."""
    scheme, _, rest = target.partition(":")
    name, _, anchor = rest.partition("#")
    match scheme:
        case "guide":
            return guide(rest)
        case "faq":
            return question(name)
        case "packet":
            return packet(name, anchor)
        case "team":
            return team(name)
        case _:
            return target


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""
