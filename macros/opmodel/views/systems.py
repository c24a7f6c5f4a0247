"""Pages of systems: who may do what there, as whom, and with which approval before it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from opmodel.load.operating_model import OperatingModel
from opmodel.model.system_uses import SystemContract, SystemGrant
from opmodel.model.systems import System
from opmodel.model.vocabulary import Section
from opmodel.permalinks import addresses
from opmodel.permalinks.addresses import row_anchor
from opmodel.text.words import counted
from opmodel.views.blocks import Cell, Facts, Row, Table, badge, columns, edit_address
from opmodel.views.people import team_cell


@dataclass(frozen=True, kw_only=True)
class SystemView:
    """A system's page."""

    address: str
    name: str
    description: str
    facts: Facts
    grants: Table
    contracts: Table
    source: str
    edit: str


def system_page(model: OperatingModel, name: str) -> SystemView:
    """Return the page of the system ``name``. Raises KeyError if it is unknown."""
    entry = model.systems[name]
    grants, contracts = _grants(model).get(name, ()), _contracts(model).get(name, ())
    return SystemView(
        address=addresses.system(name),
        name=entry.value.name,
        description=system_description(model, name),
        facts=Facts(facts=tuple(_facts(entry.value, model))),
        grants=Table(
            caption=f"Who may do what in {entry.value.name}",
            columns=columns("Workflow", "May", "Which records", "Data class", "As", "Approval", narrow="Data class"),
            rows=tuple(_grant_row(model, packet, grant) for packet, grant in grants),
            empty="No workflow may touch it.",
        ),
        contracts=Table(
            caption=f"Interfaces of {entry.value.name} that workflows rely on",
            columns=columns("Workflow", "Interface", "Version", "When it fails"),
            rows=tuple(_contract_row(model, packet, contract) for packet, contract in contracts),
            empty="No workflow names an interface of it.",
        ),
        source=entry.document.path,
        edit=edit_address(model, entry.document.path),
    )


def system_description(model: OperatingModel, name: str) -> str:
    """Return what a system is and how many workflows may touch it, in a line."""
    used = len({packet for packet, _ in _grants(model).get(name, ())})
    return f"{model.systems[name].value.name}: {counted(used, 'workflow')} may read or change something there."


def _facts(system: System, model: OperatingModel) -> Iterator[tuple[str, Cell]]:
    yield "Owner", team_cell(system.owner, model)
    if system.kind:
        yield "Kind", Cell(text=system.kind.label)
    yield "Most sensitive data", Cell(badge=badge("data", system.data_class))
    if system.criticality:
        yield "Criticality", Cell(text=system.criticality.label, note=system.criticality.meaning)
    if system.aliases:
        yield "Also called", Cell(items=tuple(Cell(text=alias) for alias in system.aliases))
    if system.link:
        yield "Described in", Cell(text=system.link, href=system.link)


def _grant_row(model: OperatingModel, name: str, grant: SystemGrant) -> Row:
    uses = model.summaries[name].system_uses
    decided = [f"{count} {outcome.label.lower()}" for outcome, count in (uses.outcomes if uses else ())]
    return Row(
        cells=(
            _packet_cell(model, name, row_anchor(Section.ACCESS, grant.id)),
            Cell(items=tuple(Cell(text=operation.label) for operation in grant.operations)),
            Cell(text=grant.scope),
            Cell(badge=badge("data", grant.data_class)),
            Cell(text=grant.identity),
            Cell(text="; ".join(decided), address=addresses.packet(name, Section.APPROVAL)),
        )
    )


def _contract_row(model: OperatingModel, name: str, contract: SystemContract) -> Row:
    first = _packet_cell(model, name, row_anchor(Section.CONTRACTS, contract.id))
    others = (contract.interface, contract.version, contract.on_failure)
    return Row(cells=(first, *(Cell(text=text) for text in others)))


def _packet_cell(model: OperatingModel, name: str, anchor: str) -> Cell:
    summary = model.summaries[name]
    return Cell(text=summary.title, address=addresses.packet(name, anchor), note=summary.status.label)


@lru_cache(maxsize=2)
def _grants(model: OperatingModel) -> Mapping[str, Sequence[tuple[str, SystemGrant]]]:
    """Return the grants of all packets, each with its packet, by system."""
    found = defaultdict(list)
    for name, summary in model.summaries.items():
        for grant in summary.system_uses.grants if summary.system_uses else ():
            found[grant.system].append((name, grant))
    return found


@lru_cache(maxsize=2)
def _contracts(model: OperatingModel) -> Mapping[str, Sequence[tuple[str, SystemContract]]]:
    """Return the interfaces that packets rely on, each with its packet, by system."""
    found = defaultdict(list)
    for name, summary in model.summaries.items():
        for contract in summary.system_uses.contracts if summary.system_uses else ():
            found[contract.system].append((name, contract))
    return found
