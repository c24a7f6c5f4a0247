"""Loads a site's folder: every file of ``data/``, and the front matter, headings and macros of ``docs/``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NamedTuple

import yaml

from opmodel.files.packet_files import PACKETS_FOLDER, SIGNOFFS_FOLDER, packet_path
from opmodel.files.reading import SETTINGS_FILE, walk_files
from opmodel.load.data_files import DATA_FILES, PERMALINKS_FILE, DataFiles, Model, ids
from opmodel.load.document import Entry
from opmodel.load.host_settings import host_settings
from opmodel.load.mkdocs_settings import page_syntax, theme_folder
from opmodel.load.named_files import folder_problems, theme_files
from opmodel.load.operating_model import OperatingModel
from opmodel.load.pages import read_page
from opmodel.load.records import ReadFile, read_contents, read_record
from opmodel.load.setting_nodes import place_of
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Question
from opmodel.model.guide import GuidePage
from opmodel.model.organisation import Responsibility, Role, Site, Team
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import packet_summary
from opmodel.model.problem import Problem
from opmodel.model.redirects import MAX_REDIRECTS, Redirect
from opmodel.model.signoff import Signoffs
from opmodel.model.systems import AiModel, System
from opmodel.source.fault import SourceFault
from opmodel.source.page_macros import PageSyntax
from opmodel.source.reader import decode, read_bytes, unreadable_fault
from opmodel.source.tree import ListNode, Mark, child
from opmodel.text.nearest import did_you_mean

MAX_PERMALINKS_BYTES = 256 * 1024 * 1024
"""Size limit of ``data/permalinks.txt``, which only grows: a site of 10,000 packets begins with 68 MiB."""


@dataclass(slots=True)
class LoadedModel:
    """An operating model and all problems of its files."""

    model: OperatingModel
    problems: list[Problem]


@dataclass(slots=True)
class SiteFiles:
    """A site without packets and sign-offs, and the paths of their files by id."""

    model: OperatingModel
    problems: list[Problem]
    packets: dict[str, str]
    signoffs: dict[str, str]


def load_model(root: Path) -> LoadedModel:
    """Load the site in folder ``root``. Bad data never raises; it becomes problems."""
    site = load_site(root)
    packets = {name: read_record(Packet, path, read_contents(root, path)) for name, path in site.packets.items()}
    signoffs = {name: read_record(Signoffs, path, read_contents(root, path)) for name, path in site.signoffs.items()}
    problems = [problem for packet in packets.values() for problem in packet.problems]
    problems += [problem for records in signoffs.values() for problem in records.problems]
    return LoadedModel(_with_packets(site.model, packets, signoffs), site.problems + problems)


def _with_packets(
    model: OperatingModel, packets: Mapping[str, ReadFile[Packet]], signoffs: Mapping[str, ReadFile[Signoffs]]
) -> OperatingModel:
    entries = {name: read.entry for name, read in packets.items() if read.entry}
    signed = {name: read.entry for name, read in signoffs.items() if read.entry}
    records = {name: entry.value for name, entry in signed.items()}
    documents = (read.document for files in (packets, signoffs) for read in files.values())
    return replace(
        model,
        packets=entries,
        signoffs=signed,
        summaries={name: packet_summary(entry.value, records.get(name)) for name, entry in entries.items()},
        documents=(*model.documents, *documents),
    )


def load_site(root: Path, settings: str = SETTINGS_FILE) -> SiteFiles:
    """Load a site without its packets and sign-offs. ``settings`` is the file with the settings of MkDocs."""
    data = DataFiles(root)
    site = data.record(Site, data.document("data/site.yml"))
    roles = data.records_by_id(Role, "role", "data/roles.yml", "roles")
    teams = data.records_by_id(Team, "team", "data/teams.yml", "teams")
    rows = data.records_by_id(Responsibility, "responsibility", "data/responsibilities.yml", "responsibilities")
    questions = data.records_by_id(Question, "question", "data/faq.yml", "questions")
    packets, signoffs = _packet_files(data)
    candidates = _candidates(data)
    systems = _optional_records(data, System, "system", "data/systems.yml", "systems")
    ai_models = _optional_records(data, AiModel, "model", "data/models.yml", "models")
    host, top, problems = host_settings(root, settings)
    syntax = page_syntax(root, top)
    data.problems += problems
    docs = _docs(data, syntax, _templates(data, theme_folder(top)))
    redirects = _redirects(data)
    permalinks = _permalinks(data)
    data.check_schemas()
    data.check_unread()
    _add_stray_files(data)
    model = OperatingModel(
        root=root,
        site=site,
        roles=roles,
        teams=teams,
        responsibilities=rows,
        questions=questions,
        packets={},
        signoffs={},
        summaries={},
        guide=docs.guide,
        candidates=candidates,
        systems=systems,
        ai_models=ai_models,
        documents=tuple(data.documents),
        pages=docs.pages,
        page_syntax=syntax,
        page_files=docs.page_files,
        docs_files=docs.other_files,
        host=host,
        redirects=redirects,
        permalinks=permalinks,
        names=data.names,
    )
    return SiteFiles(model, data.problems, packets, signoffs)


def _packet_files(data: DataFiles) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files of packets and of sign-offs, by id."""
    packets, signoffs = data.record_files("packet", PACKETS_FOLDER), data.record_files("signoff", SIGNOFFS_FOLDER)
    if PACKETS_FOLDER in data.unlisted:  # so it is unknown to which packets sign-offs belong
        signoffs, data.names["signoff"] = {}, None
    elif not packets:
        data.names["packet"] = None
        data.add_missing(PACKETS_FOLDER, f"there is no packet: expected {packet_path('<id>')}")
    return packets, signoffs


def _templates(data: DataFiles, own: yaml.ScalarNode | None) -> frozenset[str]:
    """Return the site's own templates, in the folder that its settings name, and note those that cannot be read."""
    if not own or own.tag == "!ENV":  # the build looks into the folder that the environment names
        return frozenset()
    data.problems += folder_problems(data.root, "theme.custom_dir", own.value, place_of(own))
    return frozenset(theme_files(data.root, own.value))


def _add_stray_files(data: DataFiles) -> None:
    for path in data.unread_paths():
        near = did_you_mean(path, DATA_FILES) or f"; expected one of {', '.join(DATA_FILES)}"
        data.add_fault(path, SourceFault("file-stray", f"nothing reads {path}{near}", Mark()))


def _candidates(data: DataFiles) -> Entry[Candidates] | None:
    if not data.exists("data/candidates.yml"):
        return None
    document = data.document("data/candidates.yml")
    listed = child(document.node, "candidates") if document.node else None
    data.names["candidate"] = ids(listed.items if isinstance(listed, ListNode) else [])
    return data.record(Candidates, document)


def _optional_records(data: DataFiles, kind: type[Model], name: str, path: str, key: str) -> dict[str, Entry[Model]]:
    return data.records_by_id(kind, name, path, key) if data.exists(path) else {}


def _redirects(data: DataFiles) -> tuple[Entry[Redirect], ...]:
    if not data.exists("data/redirects.yml"):
        return ()
    document = data.document("data/redirects.yml")
    records = list(data.records(Redirect, document, "redirects"))
    if len(records) > MAX_REDIRECTS:
        message = f"the file holds {len(records):,} redirects; the limit is {MAX_REDIRECTS:,}"
        data.problems.append(Problem(document.place(("redirects", MAX_REDIRECTS)), "file-size", message))
    return tuple(entry for _, entry in records[:MAX_REDIRECTS] if entry)


def _permalinks(data: DataFiles) -> str:
    """Return the text of ``data/permalinks.txt``."""
    if not data.exists(PERMALINKS_FILE):
        return ""
    try:
        return decode(read_bytes(data.root / PERMALINKS_FILE, data.root, MAX_PERMALINKS_BYTES))
    except SourceFault as fault:
        data.add_fault(PERMALINKS_FILE, fault)
    return ""


class _Docs(NamedTuple):
    """The files of ``docs/``: pages, paths of pages (None if they cannot be listed), and paths of other files."""

    guide: dict[str, Entry[GuidePage]]
    pages: dict[str, Entry[GuidePage]]
    page_files: frozenset[str] | None
    other_files: tuple[str, ...]


def _docs(data: DataFiles, syntax: PageSyntax, templates: frozenset[str]) -> _Docs:
    """Read ``docs/``: the pages of the guide by id, and all pages by their path without ``.md``.

    ``templates`` are the names of the site's own templates, which a page can ask for.
    """
    docs = data.root / "docs"
    markdown: list[Path] = []
    others: list[Path] = []
    for file, refused in walk_files(docs, data.root):
        if refused:
            data.add_fault(file.relative_to(data.root).as_posix(), unreadable_fault(refused))
            data.unlisted.add("docs")
        else:
            (markdown if file.suffix == ".md" else others).append(file)
    pages: dict[str, Entry[GuidePage]] = {}
    for file in sorted(markdown, key=lambda file: (file.parent != docs / "guide", file)):
        entry, problems = read_page(data.root, file, syntax, templates)
        data.problems += problems
        if entry:
            pages[file.relative_to(docs).with_suffix("").as_posix()] = entry
    guide = {PurePath(name).name: pages[name] for name in pages if PurePath(name).parent == PurePath("guide")}
    anchors = frozenset[str]().union(*(entry.value.anchors for entry in guide.values()))
    listed = "docs" not in data.unlisted
    read = len(guide) == sum(file.parent == docs / "guide" for file in markdown)
    data.names["guide"] = anchors if read and listed else None
    return _Docs(
        guide=guide,
        pages=pages,
        page_files=frozenset(file.relative_to(docs).as_posix() for file in markdown) if listed else None,
        other_files=tuple(sorted(file.relative_to(docs).as_posix() for file in others)),
    )
