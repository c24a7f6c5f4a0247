"""Rules on roles, teams and the responsibility matrix."""

from collections.abc import Iterator

from opmodel.load.document import Entry
from opmodel.model.chains import cycle_text, cycles
from opmodel.model.organisation import Responsibility
from opmodel.model.problem import Problem, Severity
from opmodel.model.vocabulary import SIGNING_SIDES, Layer, Side, Status
from opmodel.readiness.gates import placeholders
from opmodel.rules.rule import Context, site_rule

_SIDES = {
    Layer.BUSINESS: (Side.BUSINESS,),
    Layer.IT: (Side.IT,),
    Layer.SHARED: SIGNING_SIDES,
}


@site_rule
def raci_accountable(context: Context) -> Iterator[Problem]:
    """A business row has exactly one accountable role, on the business side; an IT row exactly one, on the IT side;
    a shared row exactly one on each side. Two accountable roles on one side mean that nobody decides."""
    for row in context.model.responsibilities.values():
        for side in SIGNING_SIDES:
            yield from _accountable(context, row, side)


def _accountable(context: Context, row: Entry[Responsibility], side: Side) -> Iterator[Problem]:
    roles = context.model.roles
    accountable = [role for role, letter in row.value.raci.items() if letter.accountable]
    holders = [role for role in accountable if role in roles and roles[role].value.side is side]
    wanted = 1 if side in _SIDES[row.value.layer] else 0
    unsure = any(role not in roles for role in accountable)  # a role with a mistake of its own could be on either side
    if len(holders) > wanted or (len(holders) < wanted and not unsure):
        found = ", ".join(holders) or "none"
        layer = row.value.layer.label
        message = (
            f"expected {'exactly one' if wanted else 'no'} accountable role on the {side.label} side "
            f'of the {layer} row "{row.value.id}", found {found}'
        )
        yield Problem(row.place("raci"), "raci-accountable", message)


@site_rule
def raci_responsible(context: Context) -> Iterator[Problem]:
    """Every row has at least one responsible role (R or A/R). Accountability without work gets nothing done."""
    for row in context.model.responsibilities.values():
        if not any(letter.responsible for letter in row.value.raci.values()):
            message = f'expected at least one R in the row "{row.value.id}", found none'
            yield Problem(row.place("raci"), "raci-responsible", message)


@site_rule
def raci_mostly_shared(context: Context) -> Iterator[Problem]:
    """More than half of the rows are shared. Joint ownership of everything is a failure pattern of its own: give each
    row to one side unless both must agree."""
    rows = list(context.model.responsibilities.values())
    shared = [row for row in rows if row.value.layer is Layer.SHARED]
    if len(shared) * 2 > len(rows):
        message = f"{len(shared)} of {len(rows)} rows are shared: more than half"
        yield Problem(shared[0].document.place(("responsibilities",)), "raci-mostly-shared", message, Severity.WARNING)


@site_rule
def side_missing(context: Context) -> Iterator[Problem]:
    """Business and IT have at least one role each. A model with one side is the failure that this guide is about."""
    roles = context.model.roles
    known = context.model.names["role"]
    for side in SIGNING_SIDES:
        if known == frozenset(roles) and not any(entry.value.side is side for entry in roles.values()):
            place = next(iter(roles.values())).document.place(("roles",))
            yield Problem(place, "side-missing", f"expected at least one role on the {side.label} side, found none")


@site_rule
def team_escalation(context: Context) -> Iterator[Problem]:
    """Escalation between teams ends at a team that decides: following escalates_to never comes back, and never leads
    from business or IT to assurance, which decides nothing for them."""
    teams = context.model.teams
    for team in teams.values():
        above = teams.get(team.value.escalates_to or "")
        if above and above.value.side is Side.ASSURANCE and team.value.side in SIGNING_SIDES:
            message = f'expected a team on the Business or IT side, found "{above.value.id}" on the Assurance side'
            yield Problem(team.place("escalates_to"), "team-escalation", message)
    for ring in cycles({name: team.value.escalates_to for name, team in teams.items()}):
        for position, name in enumerate(ring):
            message = f"escalation never ends: {cycle_text(ring, position, ' → ')}"
            yield Problem(teams[name].place("escalates_to"), "team-escalation", message)


@site_rule
def team_placeholder(context: Context) -> Iterator[Problem]:
    """A team that owns an approved or live packet has no placeholder such as TBD in its purpose, channel or
    contact."""
    summaries = context.model.summaries.values()
    running = [summary for summary in summaries if summary.status in (Status.APPROVED, Status.LIVE)]
    owners = {team for summary in running for team in (summary.value.team, summary.safety.team)}
    for name in sorted(owners & context.model.teams.keys()):
        team = context.model.teams[name]
        for path, text in placeholders(team.value):
            message = f'"{text[:40]}" is a placeholder, and the team owns an approved or live packet'
            yield Problem(team.place(*path), "team-placeholder", message)
