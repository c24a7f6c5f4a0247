"""Load a site's folder: every file of ``data/`` and the guide's headings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel

from opmodel.files.portable_names import why_not_portable
from opmodel.files.reading import UnreadableFile, exists, is_folder, list_folder, walk_files
from opmodel.load.document import Document, Entry
from opmodel.load.host_settings import host_settings
from opmodel.load.mkdocs_settings import page_syntax, theme_files, theme_folder, theme_problems
from opmodel.load.operating_model import OperatingModel
from opmodel.load.pages import read_page
from opmodel.load.records import ReadFile, fault_problem, read_contents, read_record, validate_record
from opmodel.model.candidates import Candidates
from opmodel.model.faq import Question
from opmodel.model.guide import GuidePage
from opmodel.model.organisation import Responsibility, Role, Site, Team
from opmodel.model.packet import Packet
from opmodel.model.packet_summary import packet_summary
from opmodel.model.problem import Problem
from opmodel.model.redirects import Redirect
from opmodel.model.signoff import Signoffs
from opmodel.source.fault import SourceFault
from opmodel.source.page_macros import PageSyntax
from opmodel.source.reader import decode, read_bytes, read_tree, unreadable_fault
from opmodel.source.tree import ListNode, MapNode, Mark, Node, ScalarNode, child
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
DATA_FILES = tuple(
    f"data/{name}"
    for name in (
        "site.yml",
        "roles.yml",
        "teams.yml",
        "responsibilities.yml",
        "faq.yml",
        "candidates.yml",
        "redirects.yml",
        "workflows",
        "signoffs",
    )
)
"""Everything in ``data/`` that is read as YAML."""
SCHEMAS_FOLDER = "data/schemas"
"""What editors read to help an author; made from the records, so nothing here reads it."""
PERMALINKS_FILE = "data/permalinks.txt"
MAX_PERMALINKS_BYTES = 64 * 1024 * 1024
"""The size limit of ``data/permalinks.txt``, which only ever grows: a million addresses."""
RESERVED_ID = "index"
"""An id that nothing can have, because its page would take the place of the list of all."""
_ID = re.compile(r"(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class LoadedModel:
    """The model that could be loaded, and every problem met on the way."""

    model: OperatingModel
    problems: list[Problem]


@dataclass(slots=True)
class SiteFiles:
    """A site without its packets and sign-offs, which are many, and the path of each file that holds them, by id."""

    model: OperatingModel
    problems: list[Problem]
    packets: dict[str, str]
    signoffs: dict[str, str]


def load_model(root: Path) -> LoadedModel:
    """Load the site in folder ``root``. Never raises for bad data: what cannot be read becomes a problem."""
    begun = load_site(root)
    packets = {name: read_record(Packet, path, read_contents(root, path)) for name, path in begun.packets.items()}
    signoffs = {name: read_record(Signoffs, path, read_contents(root, path)) for name, path in begun.signoffs.items()}
    problems = [problem for packet in packets.values() for problem in packet.problems]
    problems += [problem for records in signoffs.values() for problem in records.problems]
    return LoadedModel(with_packets(begun.model, packets, signoffs), begun.problems + problems)


def load_site(root: Path) -> SiteFiles:
    """Load all of a site but its packets and sign-offs."""
    loader = _SiteLoader(root)
    model = loader.model()
    return SiteFiles(model, loader.problems, loader.packets, loader.signoffs)


def with_packets(
    model: OperatingModel, packets: Mapping[str, ReadFile[Packet]], signoffs: Mapping[str, ReadFile[Signoffs]]
) -> OperatingModel:
    """Return the model with its packets and sign-offs."""
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


@dataclass(slots=True)
class _SiteLoader:
    root: Path
    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    names: dict[str, frozenset[str] | None] = field(default_factory=dict)
    packets: dict[str, str] = field(default_factory=dict)
    signoffs: dict[str, str] = field(default_factory=dict)
    syntax: PageSyntax = field(default_factory=PageSyntax)
    templates: frozenset[str] = frozenset()
    """The names of the site's own templates."""
    lists: dict[str, list[str]] = field(default_factory=dict)
    """What stands in each folder that was listed."""
    unlisted: set[str] = field(default_factory=set)
    """The folders that cannot be read."""

    def model(self) -> OperatingModel:
        site = self.whole(Site, self.document("data/site.yml"))
        roles = self.entries(Role, "role", "data/roles.yml", "roles")
        teams = self.entries(Team, "team", "data/teams.yml", "teams")
        responsibilities = self.entries(
            Responsibility, "responsibility", "data/responsibilities.yml", "responsibilities"
        )
        questions = self.entries(Question, "question", "data/faq.yml", "questions")
        self.packets = self.folder("packet", "data/workflows")
        self.signoffs = self.folder("signoff", "data/signoffs")
        if "data/workflows" in self.unlisted:  # nobody knows which packets the sign-offs belong to
            self.signoffs, self.names["signoff"] = {}, None
        elif not self.packets:
            self.names["packet"] = None
            near = did_you_mean("data/workflows", self.strays())
            message = f"there is no packet: expected data/workflows/<id>.yml{near}"
            self.fault("data/workflows", SourceFault("file-missing", message, Mark()))
        candidates = self.candidates()
        self.syntax = page_syntax(self.root)
        host, found = host_settings(self.root)
        self.problems += found
        if own := theme_folder(self.root):
            self.templates = frozenset(theme_files(self.root, own))
            self.problems += theme_problems(self.root, own)
        markdown, docs_files = self.docs()
        guide = self.guide(markdown)
        pages = self.pages(markdown, guide)
        redirects = self.redirects()
        permalinks = self.permalinks()
        for path in self.strays():
            near = did_you_mean(path, DATA_FILES) or f"; expected one of {', '.join(DATA_FILES)}"
            self.fault(path, SourceFault("file-stray", f"nothing reads {path}{near}", Mark()))
        return OperatingModel(
            root=self.root,
            site=site,
            roles=roles,
            teams=teams,
            responsibilities=responsibilities,
            questions=questions,
            packets={},
            signoffs={},
            summaries={},
            guide=guide,
            candidates=candidates,
            documents=tuple(self.documents),
            pages=pages,
            page_syntax=self.syntax,
            page_files=None if "docs" in self.unlisted else frozenset(self._from_docs(file) for file in markdown),
            docs_files=docs_files,
            host=host,
            redirects=redirects,
            permalinks=permalinks,
            names=self.names,
        )

    def document(self, path: str) -> Document:
        """Read one file into a document; its faults become problems."""
        file = self.root / path
        if not exists(file):
            near = did_you_mean(path, self.strays())
            self.fault(path, SourceFault("file-missing", f"the file {path} is missing{near}", Mark()))
            return Document(path, None)
        node, faults = read_tree(file, self.root)
        for fault in faults:
            self.fault(path, fault)
        document = Document(path, node)
        self.documents.append(document)
        return document

    def fault(self, path: str, fault: SourceFault) -> None:
        self.problems.append(fault_problem(path, fault))

    def whole(self, kind: type[Model], document: Document) -> Entry[Model] | None:
        """Return the record that a whole file holds."""
        if document.node is None:
            return None
        value, problems = validate_record(kind, document, document.node)
        self.problems += problems
        return Entry(value, document) if value else None

    def folder(self, name: str, folder: str) -> dict[str, str]:
        """Return the path of each file of a folder that holds one record a file, by file name."""
        files = {file.removesuffix(".yml"): f"{folder}/{file}" for file in self.files(folder)}
        self.names[name] = None if folder in self.unlisted else frozenset(files)
        return files

    def files(self, folder: str) -> Iterable[str]:
        """Yield the data files of a folder; a file that is not a data file is a problem, not a silence."""
        for file in self.listed(folder):
            name = file.removesuffix(".yml")
            why = why_not_portable(name)
            if name != file and name != RESERVED_ID and _ID.fullmatch(name) and not why:
                yield file
            else:
                listing = PurePath(file).stem == RESERVED_ID
                why = (
                    f'the id "{RESERVED_ID}" is taken by the page that lists them all'
                    if listing
                    else why and f"{name} {why}"
                )
                taken = f"; {why}" if why and _ID.fullmatch(PurePath(file).stem) else ""
                message = f"expected a file named <id>.yml with an id such as invoice-triage{taken}"
                self.fault(f"{folder}/{file}", SourceFault("file-stray", message, Mark()))

    def listed(self, folder: str) -> list[str]:
        """Return the names of what stands in a folder, sorted, without leftovers and hidden files that are not YAML."""
        if folder not in self.lists:
            try:
                self.lists[folder] = list_folder(self.root / folder, self.root)
            except UnreadableFile as refused:
                self.lists[folder] = []
                self.unlisted.add(folder)
                self.fault(folder, unreadable_fault(refused))
        return [name for name in self.lists[folder] if not name.startswith(".") or name.endswith((".yml", ".yaml"))]

    def strays(self) -> list[str]:
        """Return the folders and YAML files in ``data/`` that nothing reads."""
        return [
            path
            for file in self.listed("data")
            if (path := f"data/{file}") not in (*DATA_FILES, SCHEMAS_FOLDER)
            and (is_folder(self.root / path) or PurePath(file).suffix in (".yml", ".yaml"))
        ]

    def candidates(self) -> Entry[Candidates] | None:
        """Return the candidates for the first workflow; a site need not have any."""
        if not exists(self.root / "data" / "candidates.yml"):
            return None
        document = self.document("data/candidates.yml")
        listed = child(document.node, "candidates") if document.node else None
        items = listed.items if isinstance(listed, ListNode) else []
        self.names["candidate"] = frozenset(filter(None, map(_id, items)))
        return self.whole(Candidates, document)

    def entries(self, kind: type[Model], name: str, path: str, key: str) -> dict[str, Entry[Model]]:
        """Return the records of a file that holds one list under ``key``, by id."""
        document = self.document(path)
        items = self.items(document, key)
        self.names[name] = None if items is None else frozenset(filter(None, map(_id, items)))
        found: dict[str, Entry[Model]] = {}
        for position, node in enumerate(items or ()):
            self.twice(document, key, position, _id(node), found)
            if _id(node) == RESERVED_ID and kind in (Team, Question):
                message = f'the id "{RESERVED_ID}" is taken by the page that lists them all'
                self.report(document, (key, position, "id"), "bad-value", message)
            value, problems = validate_record(kind, document, node, (key, position))
            self.problems += problems
            if value:
                found.setdefault(_id(node), Entry(value, document, (key, position)))
        return found

    def items(self, document: Document, key: str) -> list[Node] | None:
        """Return the list under ``key``; report a file of another shape."""
        node = document.node
        if node is None:
            return None
        if not isinstance(node, MapNode):
            self.report(document, (), "wrong-type", f'expected a mapping with the key "{key}"')
            return None
        for other in node.keys:
            if other != key:
                near = did_you_mean(other, [key]) or f"; expected {key}"
                self.problems.append(
                    Problem(document.place((other,), key=True), "unknown-key", f"unknown key {in_quotes(other)}{near}")
                )
        below = node.values.get(key)
        if not isinstance(below, ListNode) or not below.items:
            found = "is missing" if below is None else "holds no list"
            self.report(document, (key,), "missing-key" if below is None else "wrong-type", f'the key "{key}" {found}')
            return None
        return below.items

    def twice(self, document: Document, key: str, position: int, name: str, found: dict[str, Entry[Model]]) -> None:
        if name and name in found:
            line = found[name].place("id").line
            message = f'the id "{name}" stands twice; first on line {line}'
            self.report(document, (key, position, "id"), "duplicate-id", message)

    def report(self, document: Document, path: tuple[str | int, ...], rule: str, message: str) -> None:
        self.problems.append(Problem(document.place(path), rule, message))

    def docs(self) -> tuple[list[Path], tuple[str, ...]]:
        """Return every Markdown file of ``docs/``, and the path of every other file from there.

        Any file that the host could not publish is a problem.
        """
        found, others, docs = [], [], self.root / "docs"
        for file, refused in walk_files(docs, self.root):
            if refused:
                self.fault(file.relative_to(self.root).as_posix(), unreadable_fault(refused))
                self.unlisted.add("docs")
            elif file.suffix == ".md":
                found.append(file)
            else:
                others.append(self._from_docs(file))
        return sorted(found), tuple(sorted(others))

    def _from_docs(self, file: Path) -> str:
        return file.relative_to(self.root / "docs").as_posix()

    def guide(self, files: Sequence[Path]) -> dict[str, Entry[GuidePage]]:
        """Return the pages of ``docs/guide/`` by id."""
        pages: dict[str, Entry[GuidePage]] = {}
        own = [file for file in files if file.parent == self.root / "docs" / "guide"]
        for file in own:
            entry, problems = read_page(self.root, file, self.syntax, self.templates)
            self.problems += problems
            if entry:
                pages[file.stem] = entry
        anchors = frozenset[str]().union(*(entry.value.anchors for entry in pages.values()))
        self.names["guide"] = anchors if len(pages) == len(own) and "docs" not in self.unlisted else None
        return pages

    def pages(self, files: Sequence[Path], guide: dict[str, Entry[GuidePage]]) -> dict[str, Entry[GuidePage]]:
        """Return every page of ``docs/`` by its path without ``.md``."""
        docs = self.root / "docs"
        pages = {f"guide/{name}": entry for name, entry in guide.items()}
        for file in files:
            if file.parent != docs / "guide":
                entry, problems = read_page(self.root, file, self.syntax, self.templates)
                self.problems += problems
                if entry:
                    pages[file.relative_to(docs).with_suffix("").as_posix()] = entry
        return pages

    def redirects(self) -> tuple[Entry[Redirect], ...]:
        """Return where addresses have moved to; a site need not have moved any."""
        if not exists(self.root / "data" / "redirects.yml"):
            return ()
        document = self.document("data/redirects.yml")
        found = []
        for position, node in enumerate(self.items(document, "redirects") or ()):
            value, problems = validate_record(Redirect, document, node, ("redirects", position))
            self.problems += problems
            if value:
                found.append(Entry(value, document, ("redirects", position)))
        return tuple(found)

    def permalinks(self) -> str:
        """Return the text of ``data/permalinks.txt``: every address that was ever published."""
        file = self.root / PERMALINKS_FILE
        if not exists(file):
            return ""
        try:
            return decode(read_bytes(file, self.root, MAX_PERMALINKS_BYTES))
        except SourceFault as fault:
            self.fault(PERMALINKS_FILE, fault)
        return ""


def _id(node: Node) -> str:
    below = child(node, "id")
    return below.value if isinstance(below, ScalarNode) and isinstance(below.value, str) else ""
