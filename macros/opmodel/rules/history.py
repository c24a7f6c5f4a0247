"""Rules on the history of version control itself."""

from collections.abc import Iterator

from opmodel.files.git import REFETCH
from opmodel.model.problem import Place, Problem, Severity
from opmodel.readiness.history import HISTORY_MISSING
from opmodel.readiness.signoff_history import SIGNOFFS_FOLDER
from opmodel.rules.rule import Context, site_rule

_SITE = Place("data/site.yml")


@site_rule
def history_missing(context: Context) -> Iterator[Problem]:
    """Rules that compare with what was committed need the whole history of version control. Where it is missing, or a
    part of it cannot be read, they find nothing, which does not mean that nothing is wrong. It is a warning, and an
    error with --require-history, which is the default where the variable CI is set."""
    needed = Severity.ERROR if context.history_required else Severity.WARNING
    unchecked = f"not checked: {', '.join(context.historical)}, because"
    if missing := context.history.missing:
        yield Problem(_SITE, HISTORY_MISSING, f"{unchecked} {missing.reason}; run: {missing.remedy}", needed)
        return
    lost = [f"{path} of commit {version.commit[:12]}" for path, version in context.history.unreadable()]
    records = [each for each in lost if each.startswith(f"{SIGNOFFS_FOLDER}/")]
    if records:
        message = f"{unchecked} the repository lacks {_listed(records)}; run: {REFETCH}"
        yield Problem(_SITE, HISTORY_MISSING, message, needed)
    if packets := [each for each in lost if each not in records]:
        message = f"left out of the history of packets: the repository lacks {_listed(packets)}; run: {REFETCH}"
        yield Problem(_SITE, HISTORY_MISSING, message, Severity.WARNING)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"
