"""The values of one responsibility beside its letters: id, meaning, layer, phase and evidence; and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from opmodel.model.vocabulary import Layer, Phase, Section, Side
from opmodel.text.slugs import FreeNames, slug
from opmodel.worksheets.grid import Place
from opmodel.worksheets.matrix_layout import MatrixLayout
from opmodel.worksheets.matrix_report import ResponsibilityTable
from opmodel.worksheets.names import RoleNames, folded_name, same_name
from opmodel.worksheets.phases import nearest_phase, own_phase

UNDECIDED = "undecided"
"""Written as the layer of a row with two accountable roles. The check refuses it until someone decides."""
_LAYERS = {layer: (layer.value, layer.label) for layer in Layer}
_SECTIONS = {section: (section.value, section.label) for section in Section}


@dataclass(frozen=True, slots=True)
class CellLetters:
    """Letters of one role in one cell."""

    letters: frozenset[str]
    place: Place


class RowValues:
    """Reads the values of rows, and collects what has no place and what was assumed."""

    def __init__(self, layout: MatrixLayout, roles: RoleNames, table: ResponsibilityTable) -> None:
        self.layout, self.roles, self.table = layout, roles, table
        self.grid, self.cells = layout.grid, layout.cells
        self.taken: set[Place] = set()
        self.group = ""
        self.phase_from = ""
        self.carried: dict[str, str] = {}
        self.assumed: dict[str, int] = {}
        self.ids = FreeNames(each["id"] for each in table.rows)

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is shown."""
        return self.cells.texts[row][column]

    def note(self, why: str) -> None:
        """Add a finding about the whole sheet that needs nobody."""
        self.table.report.append(self.grid.finding(why, recognised=True))

    def odd(self, place: Place, why: str, near: str = "", *, recognised: bool = False) -> None:
        """Add a finding about one cell, which needs no other then."""
        self.taken.add(place)
        self.table.report.append(self.grid.unplaced(*place, why, near, recognised=recognised))

    def assume(self, why: str) -> None:
        """Count an assumption about one row."""
        self.assumed[why] = self.assumed.get(why, 0) + 1

    def role(self, row: int, column: int, text: str) -> str:
        """Return the id of the role in a heading or cell; an unknown role gets a new id and is reported."""
        name, why, near = self.roles.find(text)
        if why:
            finding = self.grid.unplaced(row, column, why, near, recognised=True)
            self.table.report.append(replace(finding, value=text))
        return name

    def field(self, row: int, kind: str) -> str:
        """Return the text of a column that is no role, such as the meaning."""
        column = self.layout.fields.get(kind)
        if column is None:
            return ""
        self.taken.add((row, column))
        return self.text(row, column)

    def given_id(self, row: int) -> str:
        """Return the id that the source gives, if it is one that the site could use."""
        given = self.field(row, "id")
        if given and given == slug(given) and not given.isdigit() and given not in self.ids.taken:
            return given
        if given:
            self.assume("ids are made of names, because those of the source cannot be addresses")
        return ""

    def layer(self, row: int, entries: Mapping[str, str], found: Mapping[str, list[CellLetters]]) -> str:
        """Return the layer that the source names, or that of the side of whoever is accountable."""
        given = self.field(row, "layer")
        if layer := same_name(given, _LAYERS):
            return layer.value
        if given:
            self.odd((row, self.layout.fields["layer"]), f"expected one of {', '.join(Layer)}")
        accountable = [role for role, entry in entries.items() if entry.startswith("A")]
        if len(accountable) > 1:
            places = [each.place for role in accountable for each in found[role] if "A" in each.letters]
            cells = ", ".join(self.grid.cell(*place) for place in dict.fromkeys(places))
            who = f"{' and '.join(accountable)} are accountable ({cells})"
            why = f"{who}; expected one, or one a side in the shared layer: its layer is “{UNDECIDED}”"
            self.table.report.append(self.grid.unplaced(row, self.layout.name, why))
            return UNDECIDED
        side = self.roles.side(accountable[0]) if accountable else None
        if side in (Side.BUSINESS, Side.IT):
            self.assume("the layer is taken from the side of whoever is accountable")
            return Layer.IT.value if side is Side.IT else Layer.BUSINESS.value
        who = "the accountable role has no side yet" if accountable else "nobody is accountable"
        self.assume(f"{who}, so the layer “{Layer.BUSINESS.value}” is written")
        return Layer.BUSINESS.value

    def column_value(self, row: int, kind: str) -> str:
        """Return the value of a column whose blank cells take the one above, as after merged cells."""
        column = self.layout.fields.get(kind)
        if column is None:
            return ""
        if text := " ".join(self.field(row, kind).split()):
            self.carried[kind] = text
        elif kind in self.carried:
            self.assume(f"a blank cell in “{self.layout_heading(column)}” takes the value above it")
        return self.carried.get(kind, "")

    def layout_heading(self, column: int) -> str:
        """Return the lowest text of the heading of a column."""
        return next((text for row in reversed(self.layout.head) if (text := self.text(row, column))), "")

    def phase(self, row: int) -> tuple[Phase, list[str]]:
        """Return the phase of a row, and what its source calls phase and group where that says more."""
        given = self.column_value(row, "phase") or self.group
        group = self.column_value(row, "group")
        words = [f"group in the source: {group}"] if group else []
        if not given:
            self.assume(f"the sheet names no phase, so “{Phase.DEFINE.value}” is written")
            return Phase.DEFINE, words
        if found := own_phase(given):
            return found, words
        near = nearest_phase(given)
        written = near or Phase.DEFINE
        nearest = "the nearest phase" if near else "as no phase is near"
        self.assume(
            f"“{given}” is no phase of ours; “{written.value}” is written, {nearest}, and the word kept in the meaning"
        )
        return written, [f"phase in the source: {given}", *words]

    def section(self, row: int, name: str) -> Section:
        """Return the section that the source names as evidence, or the nearest by its words."""
        given = self.field(row, "evidence")
        if found := same_name(given, _SECTIONS):
            return found
        if given:
            self.odd((row, self.layout.fields["evidence"]), "no section of a packet")
        self.assume("the sheet names no packet section as evidence, so the nearest by name is written")
        return max(Section, key=lambda section: _likeness(name, section))

    def begin_group(self, text: str, phase_from: str) -> None:
        """Begin a phase or group, which ends the one before."""
        self.group, self.phase_from = text, phase_from
        self.carried.pop("phase", None)


def _likeness(name: str, section: Section) -> int:
    """Return how many words a name shares with a section; words of the title count five times."""
    words = {word for word in folded_name(name).split() if len(word) > 3}
    title, meaning = (set(folded_name(text).split()) for text in (f"{section.value} {section.label}", section.meaning))
    return 5 * len(words & title) + len(words & meaning)
