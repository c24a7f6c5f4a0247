"""What a build reports once its pages are made."""

from collections.abc import Iterable
from dataclasses import replace

import click

from opmodel.adapter.finished_site import FinishedSite
from opmodel.adapter.host import MkDocsConfig, PluginError
from opmodel.load.operating_model import OperatingModel
from opmodel.model.problem import Place, Problem, Severity
from opmodel.readiness.history import HISTORY_MISSING


def report_lost_history(reason: str, *, required: bool) -> None:
    """Print that old versions are missing on pages, because git gave an answer to the check and none after it.

    Raises:
        PluginError: A whole history is required.
    """
    message = f"left out of the history of packets, because {reason}"
    problem = Problem(Place("data/site.yml"), HISTORY_MISSING, message, Severity.WARNING)
    if required:
        raise PluginError(str(replace(problem, severity=Severity.ERROR)))
    click.echo(problem, err=True)


def require_finished(
    config: MkDocsConfig, model: OperatingModel, docs_pages: Iterable[str], generated_pages: Iterable[str]
) -> None:
    """Look at pages of a finished site, by their addresses: all of ``docs/``, and one of each generated folder.

    Raises:
        PluginError: The site lacks something, with the problem of each.
    """
    folders = {address.rpartition("/")[0].rpartition("/")[0]: address for address in generated_pages}
    if found := list(FinishedSite(config, model, [*docs_pages, *folders.values()]).problems()):
        raise PluginError("\n".join([*map(str, found), "the site in the output folder is not to be published"]))
