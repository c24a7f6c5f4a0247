"""Rules on the third side, assurance: whoever judges the controls does not run them."""

from collections.abc import Iterator

from opmodel.model.problem import Problem
from opmodel.model.vocabulary import Raci, Side, Status
from opmodel.rules.references import references_in_packet
from opmodel.rules.rule import Context, packet_rule, site_rule


@site_rule
def raci_assurance(context: Context) -> Iterator[Problem]:
    """A role of the assurance side is consulted or informed (C or I), never responsible or accountable: whoever does
    or decides a thing can't judge it independently."""
    roles = context.model.roles
    for row in context.model.responsibilities.values():
        for role, letter in row.value.raci.items():
            if role in roles and roles[role].value.side is Side.ASSURANCE and letter not in (Raci.C, Raci.I):
                message = (
                    f'expected C or I for the role "{role}" of the Assurance side, found {letter} in the row '
                    f'"{row.value.id}"; write {role}: C, and give {letter} to a role on the Business or IT side'
                )
                yield Problem(row.place("raci", role), "raci-assurance", message)


@packet_rule
def assurance_duty(context: Context) -> Iterator[Problem]:
    """Roles and teams of the assurance side hold their roles in a packet and may read its audit trail. They don't
    approve or check cases, work the exception queue, support or stop the agent, or own an interface or a failure
    case: these are running controls, which assurance judges. A retired packet stays as it was."""
    independent = {
        "role": {name for name, role in context.model.roles.items() if role.value.side is Side.ASSURANCE},
        "team": {name for name, team in context.model.teams.items() if team.value.side is Side.ASSURANCE},
    }
    packets = [packet for packet in context.packets.values() if packet.value.status is not Status.RETIRED]
    for packet in packets if any(independent.values()) else ():
        for reference, path, name, _ in references_in_packet(packet.document, *independent):
            kind, is_owner = reference.kind, path[0] == "owners"  # the side of an owner has a rule of its own
            if reference.acts and not is_owner and name in independent[kind]:
                message = f'expected a {kind} on the Business or IT side, found "{name}" on the Assurance side'
                yield Problem(packet.place(*path), "assurance-duty", message)
