"""Reference pages made from the code: rules, gates, vocabularies, what a sign-off covers, and the fields of records."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from opmodel.load.records import records_in
from opmodel.model import approval, candidates, organisation, redirects, signoff, values, working_time
from opmodel.model.base import FrozenModel, Reference
from opmodel.model.record_kinds import KINDS
from opmodel.model.vocabulary import VOCABULARIES, Vocabulary
from opmodel.permalinks import addresses
from opmodel.readiness.evidence import COVERED, COVERED_WITHOUT_KIND
from opmodel.readiness.gates import GATES
from opmodel.readiness.material import MATERIAL, optional_fields
from opmodel.rules.advice import advice
from opmodel.rules.catalog import RULE_GROUPS
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean
from opmodel.views.blocks import Cell, Row, Table, columns

_WORDS: tuple[tuple[Any, str], ...] = (
    (values.SystemId, "id of a system, or text where there is no data/systems.yml"),
    (values.Line, "text on one line"),
    (values.Prose, "text"),
    (values.Markdown, "Markdown"),
    (values.Id, "id, such as invoice-triage"),
    (values.RowId, "short id, such as AP-01"),
    (values.Link, "https, http or mailto address"),
    (values.Date, "day, such as 2026-11-30"),
    (values.Number, "number"),
    (values.Count, "whole number"),
    (values.TimeLimit, "time limit, such as PT8H, 8 working hours or none"),
    (working_time.WorkingHours, "hours of a day, such as 09:00-17:00"),
    (working_time.TimeZone, "time zone, such as Europe/Berlin"),
    (values.Duration, "duration, such as P90D or PT4H"),
    (organisation.Handle, "handle, such as @acme/finance"),
    (organisation.Seed, "UUID in small letters"),
    (organisation.FontFile, "path of a font file"),
    (candidates.Currency, "currency, such as EUR"),
    (redirects.Address, "address, such as /faq/who-approves/"),
    (signoff.Digest, "digest"),
    (approval.InputName, "name, such as po_match"),
    (approval.Value, "number, text, true or false"),
    (int, "whole number"),
)


@dataclass(frozen=True, kw_only=True)
class ReferenceChapter:
    """A part of a reference: its heading and anchor, what it is, how it is written, and a table."""

    title: str
    anchor: str
    table: Table
    paragraphs: tuple[str, ...] = ()
    usage: str = ""


def rules() -> tuple[ReferenceChapter, ...]:
    """Return a chapter with a table of rules for every group of the catalogue."""
    return tuple(_rules(group.title, group.published) for group in RULE_GROUPS)


def _rules(title: str, rules: dict[str, str]) -> ReferenceChapter:
    rows = (
        Row(anchor=name, cells=(Cell(text=name, code=True), Cell(text=text), Cell(text=advice()[name].why)))
        for name, text in rules.items()
    )
    titles = columns("Rule", "What must hold", "Why it matters", narrow="Rule")
    return ReferenceChapter(
        title=title,
        anchor=title.lower().replace(" ", "-").replace(",", ""),
        table=Table(caption=f"Rules: {title}", columns=titles, rows=tuple(rows)),
    )


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
    titles = columns("Gate", "What must be true", "Section", narrow="Section")
    return Table(caption="Launch gates", columns=titles, rows=rows)


def material_sections() -> Table:
    """Return the sections that a sign-off covers, with what does not count in each."""
    rows = []
    for section, material in MATERIAL.items():
        signed = f"All except {', '.join(sorted(material.except_fields))}" if material.except_fields else "All"
        optional = ", ".join(name for name, (of, _) in optional_fields().items() if of is section) or "Nothing"
        cells = (section.label, signed, material.because, optional)
        rows.append(Row(cells=tuple(Cell(text=text) for text in cells)))
    titles = columns("Section", "What is signed", "Why the exception", "What a site may leave out")
    return Table(caption="What a sign-off covers", columns=titles, rows=tuple(rows))


def tested_sections() -> Table:
    """Return the sections that the test of a failure case covers, for each kind."""
    kinds = [(Cell(text=kind.label, note=kind.value), kind.meaning, sections) for kind, sections in COVERED.items()]
    kinds.append((Cell(text="None given"), "What the kinds do not name, or several of them.", COVERED_WITHOUT_KIND))
    rows = tuple(
        Row(cells=(kind, Cell(text=meaning), Cell(text=", ".join(section.label for section in sections))))
        for kind, meaning, sections in kinds
    )
    titles = columns("Kind", "What could go wrong", "The test covers", narrow="Kind")
    return Table(caption="What a test covers", columns=titles, rows=rows)


def vocabulary(name: str) -> Table:
    """Return the words of a closed list with their meanings. Raises ValueError for an unknown name."""
    if name not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        raise ValueError(f"there is no vocabulary {in_quotes(name)}{did_you_mean(name, VOCABULARIES)} (known: {known})")
    rows = tuple(
        Row(cells=(Cell(text=word.label), Cell(text=word.value, code=True), Cell(text=word.meaning)))
        for word in VOCABULARIES[name]
    )
    titles = columns("Name", "In data", "Meaning", narrow="In data")
    return Table(caption=f"The words of {name.replace('_', ' ')}", columns=titles, rows=rows)


def field_chapters(name: str) -> tuple[ReferenceChapter, ...]:
    """Return a chapter for each record that a kind of file holds. Raises ValueError for an unknown kind."""
    if name not in KINDS:
        raise ValueError(
            f"there is no kind of file {in_quotes(name)}{did_you_mean(name, KINDS)} (known: {', '.join(KINDS)})"
        )
    return tuple(_chapter(name, record) for record in dict.fromkeys(_records(KINDS[name])))


def _records(kind: type[FrozenModel]) -> Iterator[type[FrozenModel]]:
    yield kind
    for info in kind.model_fields.values():
        for below in records_in(info.annotation):
            if issubclass(below, FrozenModel):
                yield from _records(below)


def _chapter(name: str, record: type[FrozenModel]) -> ReferenceChapter:
    hints = get_type_hints(record, include_extras=True)
    rows = tuple(_row(name, record, key, info, hints[key]) for key, info in record.model_fields.items())
    return ReferenceChapter(
        title=_title(record),
        anchor=_anchor(name, record),
        paragraphs=(" ".join((record.__doc__ or "").replace("``", "").split()),),
        table=Table(
            caption=f"Fields: {_title(record)}",
            columns=columns("Field", "Holds", "Needed", "What it means", narrow="Needed"),
            rows=rows,
        ),
    )


def _row(name: str, record: type[FrozenModel], key: str, info: FieldInfo, hint: Any) -> Row:
    written = info.alias or key
    below = [each for each in records_in(info.annotation) if issubclass(each, FrozenModel)]
    return Row(
        anchor=f"{_anchor(name, record)}-{written.replace('_', '-')}",
        cells=(
            Cell(text=written, code=True),
            Cell(
                text=type_in_words(hint),
                items=tuple(Cell(text=_title(each), href=f"#{_anchor(name, each)}") for each in below),
            ),
            Cell(text="yes" if info.is_required() else "–"),
            Cell(text=info.description or ""),
        ),
    )


def _title(record: type[FrozenModel]) -> str:
    """Return a record's name in words: ``FailureCase`` is ``Failure case``."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in record.__name__)
    return spaced.strip().capitalize()


def _anchor(name: str, record: type[FrozenModel]) -> str:
    return f"{name}-fields-{_title(record).lower().replace(' ', '-')}"


def type_in_words(hint: Any) -> str:
    """Return what a field holds, in words."""
    for known, text in _WORDS:
        if hint == known or _refines(hint, known):
            return text
    inner = get_args(hint)
    reference = next((mark for mark in inner if isinstance(mark, Reference)), None)
    if reference and get_origin(inner[0]) is dict:
        return f"mapping from the id of each {reference.kind} to {type_in_words(get_args(inner[0])[1])}"
    if reference:
        return "guide page or section" if reference.kind == "guide" else f"id of a {reference.kind}"
    match get_origin(hint):
        case origin if origin in (Union, UnionType):
            return " or ".join(dict.fromkeys(type_in_words(each) for each in inner if each is not type(None)))
        case origin if origin is tuple:
            return "list of records" if type_in_words(inner[0]) == "record" else f"list: {type_in_words(inner[0])}"
        case origin if origin is dict:
            return f"mapping from {type_in_words(inner[0])} to {type_in_words(inner[1])}"
        case origin if origin is Literal:
            return " or ".join(map(str, inner))
        case None:
            return _plain(hint)
        case _:
            return type_in_words(inner[0])


def _refines(hint: Any, known: Any) -> bool:
    """Whether ``hint`` is ``known`` with further limits."""
    ours, theirs = getattr(hint, "__metadata__", ()), getattr(known, "__metadata__", ())
    return bool(theirs) and get_args(hint)[:1] == get_args(known)[:1] and ours[: len(theirs)] == theirs


def _plain(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Vocabulary):
        return f"one of {', '.join(word.value for word in kind)}"
    if isinstance(kind, type) and issubclass(kind, FrozenModel):
        return "record"
    return "text"
