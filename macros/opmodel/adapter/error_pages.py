"""Pages with the list of problems, which a preview shows in place of every page while the data has errors."""

import re
from collections.abc import Sequence

from opmodel.adapter.generated_page import GeneratedPage, PageContent
from opmodel.adapter.host import File, Files, InclusionLevel, MkDocsConfig
from opmodel.model.problem import Problem, Severity
from opmodel.permalinks.addresses import packet, page, question, team
from opmodel.permalinks.page_form import page_address
from opmodel.rules.check import Checked
from opmodel.text.words import counted
from opmodel.views.render import render

_NAME = re.compile(r"[a-z0-9-]+")


def problem_pages(checked: Checked, files: Files, config: MkDocsConfig) -> Files:
    """Replace every page by the list of problems, so that they are on the page that an author has open."""
    kept = Files([file for file in files if not file.is_documentation_page()])
    addresses = {page_address(file.url.replace("./", "")) for file in files if file.is_documentation_page()}
    addresses.update(map(page, checked.model.pages))
    for address in sorted(addresses | _generated_addresses(checked)):
        kept.append(_problem_page(problem_content(address, checked.problems), config))
    return kept


def problem_content(address: str, problems: Sequence[Problem]) -> PageContent:
    """Return the page at an address as the list of problems."""
    summary = counted(sum(problem.severity is Severity.ERROR for problem in problems), "error")
    title = f"The data has {summary}"
    html = render("problems.html.jinja", address, problems=problems, summary=summary)
    return PageContent(address=address, title=title, description=title, html=html)


def _generated_addresses(checked: Checked) -> set[str]:
    """Return the address of every packet, answer and team that is named, whether or not it could be read."""
    names, kinds = checked.model.names, {"packet": packet, "question": question, "team": team}
    return {
        address(name)
        for kind, address in kinds.items()
        for name in names[kind] or ()
        if _NAME.fullmatch(name)  # an id with a mistake is no address
    }


def _problem_page(content: PageContent, config: MkDocsConfig) -> File:
    file = File.generated(config, f"{content.address}index.md", content="")
    file.inclusion = InclusionLevel.NOT_IN_NAV
    GeneratedPage(content, file, config)
    return file
