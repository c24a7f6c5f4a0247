"""Pages made from the code itself: rules, gates, vocabularies and what a sign-off covers."""

from opmodel.model.vocabulary import VOCABULARIES
from opmodel.permalinks import addresses
from opmodel.readiness.gates import GATES
from opmodel.readiness.material import MATERIAL
from opmodel.rules.advice import advice
from opmodel.rules.catalog import RULE_GROUPS
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.views.blocks import Cell, Column, Row, Table


def rules() -> tuple[tuple[str, Table], ...]:
    """Return (group, table of rules) for every group of the catalogue."""
    columns = (Column(title="Rule", narrow=True), Column(title="What must hold"), Column(title="Why it matters"))
    return tuple(
        (group.title, Table(caption=f"Rules: {group.title}", columns=columns, rows=tuple(_rules(group.published))))
        for group in RULE_GROUPS
    )


def _rules(rules: dict[str, str]) -> list[Row]:
    return [
        Row(anchor=name, cells=(Cell(text=name, code=True), Cell(text=text), Cell(text=advice()[name].why)))
        for name, text in rules.items()
    ]


def gates() -> Table:
    """Return every launch gate with its meaning."""
    rows = tuple(
        Row(
            anchor=f"gate-{gate.id}",
            cells=(
                Cell(text=gate.title, note=gate.id),
                Cell(text=" ".join(gate.meaning.split())),
                Cell(text=gate.section.label, address=addresses.guide(f"packet#{gate.section.value}")),
            ),
        )
        for gate in GATES
    )
    columns = (Column(title="Gate"), Column(title="What must be true"), Column(title="Section", narrow=True))
    return Table(caption="Launch gates", columns=columns, rows=rows)


def material_sections() -> Table:
    """Return the sections that a sign-off covers, with what does not count in each."""
    rows = tuple(
        Row(
            cells=(
                Cell(text=section.label),
                Cell(
                    text=f"All except {', '.join(sorted(material.except_fields))}" if material.except_fields else "All"
                ),
                Cell(text=material.because),
            )
        )
        for section, material in MATERIAL.items()
    )
    columns = (Column(title="Section"), Column(title="What is signed"), Column(title="Why the exception"))
    return Table(caption="What a sign-off covers", columns=columns, rows=rows)


def vocabulary(name: str) -> Table:
    """Return the words of a closed list with their meanings; raise ValueError for an unknown name."""
    if name not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        raise ValueError(f"there is no vocabulary {in_quotes(name)}{did_you_mean(name, VOCABULARIES)} (known: {known})")
    rows = tuple(
        Row(cells=(Cell(text=word.label), Cell(text=word.value, code=True), Cell(text=word.meaning)))
        for word in VOCABULARIES[name]
    )
    columns = (Column(title="Name"), Column(title="In data", narrow=True), Column(title="Meaning"))
    return Table(caption=f"The words of {name.replace('_', ' ')}", columns=columns, rows=rows)
