"""The code-owner file of a repository host, with lines generated from the owners of packets.

These lines stand between two marks at the end of the file, because at GitHub the last matching line counts; the
repository's own lines above them stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opmodel.files.git import repository_root
from opmodel.files.reading import UnreadableFile, exists, read_file
from opmodel.load.operating_model import OperatingModel
from opmodel.model.packet_summary import PacketSummary
from opmodel.model.vocabulary import SIGNING_SIDES, Side

HOSTS = ("github", "gitlab")
HOST_PATHS = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
CODEOWNERS_PATHS = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Paths where hosts look for the file, in the repository."""
MAX_BYTES = 3 * 1024 * 1024
"""The largest code-owner file that a host reads."""
_BEGIN = "# begin: made by opmodel codeowners --format {host} --write, for the site in {site}; add your own lines above"
_END = "# end: made by opmodel codeowners, for the site in {site}"
_BLOCK = r"^# begin: made by opmodel codeowners --format (\w+) --write, for the site in {site};.*?^{end}$\n?"

_SPECIAL = re.compile(r"[][*?\\ ]")
_NAMELESS = re.compile(r"[#\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_ESCAPED = re.compile(r"\\([][*?\\])")


class UnreadableOwners(UnreadableFile):
    """A code-owner file that cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path


@dataclass(frozen=True, kw_only=True)
class CommittedBlock:
    """The generated lines of a committed code-owner file."""

    path: Path
    host: str
    block: str
    line: int
    """Number of the first of these lines."""


def teams_without_handle(model: OperatingModel) -> list[str]:
    """Return the ids of teams that own a packet and have no handle at the host."""
    owners = {team for summary in model.summaries.values() for team in summary.owning_teams}
    return sorted(name for name in owners if name in model.teams and model.teams[name].value.handle is None)


def owners_block(model: OperatingModel, host: str, prefix: str = "") -> str:
    """Return the marked lines for ``host``: every packet, its sign-offs, and the teams of both of its owners.

    ``prefix`` is the site's folder within the repository. Teams without a handle are left out.
    """
    lines = _github(model, prefix) if host == "github" else _gitlab(model, prefix)
    site = _site(prefix)
    return "\n".join([_BEGIN.format(host=host, site=site), *lines, _END.format(site=site)]) + "\n"


def _site(prefix: str) -> str:
    """Return the name of the site's folder in the marks."""
    return "/" + _ESCAPED.sub(r"\1", prefix)


def _pattern(prefix: str) -> re.Pattern[str]:
    """Return the pattern of the generated lines of one site; a repository may hold several sites."""
    site = _site(prefix)
    return re.compile(_BLOCK.format(site=re.escape(site), end=re.escape(_END.format(site=site))), re.M | re.S)


def _github(model: OperatingModel, prefix: str) -> Iterator[str]:
    yield "# A change of a packet or of its sign-offs asks the teams of both owners."
    for name, summary in model.summaries.items():
        handles = [handle for side in SIGNING_SIDES if (handle := _handle(model, summary, side))]
        yield from _lines(prefix, name, list(dict.fromkeys(handles)))


def _gitlab(model: OperatingModel, prefix: str) -> Iterator[str]:
    yield "# A change of a packet or of its sign-offs needs an approval in each section."
    for side in SIGNING_SIDES:
        yield f"[{side.label}][1]"
        for name, summary in model.summaries.items():
            handle = _handle(model, summary, side)
            yield from _lines(prefix, name, [handle] if handle else [])


def _lines(prefix: str, name: str, handles: list[str]) -> Iterator[str]:
    for folder in ("workflows", "signoffs") if handles else ():
        yield f"/{prefix}data/{folder}/{name}.yml {' '.join(handles)}"


def _handle(model: OperatingModel, summary: PacketSummary, side: Side) -> str | None:
    owner = summary.value if side is Side.BUSINESS else summary.safety
    return model.teams[owner.team].value.handle if owner.team in model.teams else None


def site_prefix(root: Path) -> str:
    """Return the site's folder within its repository as a pattern, with a slash at its end; empty at the top.

    At both hosts a backslash takes the meaning from what stands for other characters, brackets included, and keeps a
    space in the path. What neither has a way to write (a ``#``, a tab, a line break, bytes that are no text) becomes a
    ``?``, which matches any one character.
    """
    inner = root.relative_to(repository_root(root)).as_posix()
    if inner == ".":
        return ""
    return "".join("?" if _NAMELESS.match(each) else _SPECIAL.sub(r"\\\g<0>", each) for each in inner) + "/"


def committed_block(root: Path) -> CommittedBlock | None:
    """Return the code-owner file that holds lines of ours, or None.

    Raises UnreadableOwners if they may be in a file that cannot be read.
    """
    refused = None
    for place in CODEOWNERS_PATHS:
        path = repository_root(root) / place
        try:
            text = read_owners(path, root)
        except UnreadableOwners as error:
            refused = refused or error
            continue
        found = _pattern(site_prefix(root)).search(text)
        if found and found[1] in HOSTS:
            line = text.count("\n", 0, found.start()) + 1
            return CommittedBlock(path=path, host=found[1], block=found[0].rstrip("\n") + "\n", line=line)
    if refused:
        raise refused
    return None


def with_block(root: Path, path: Path, new: str) -> str:
    """Return the text of the file at ``path`` with the site's lines replaced by ``new``, or with ``new`` at its end.

    Raises UnreadableOwners when the file is there and cannot be read, so that no lines are lost.
    """
    old, ours = read_owners(path, root), _pattern(site_prefix(root))
    if ours.search(old):
        return ours.sub(lambda _: new, old, count=1)
    return f"{old.rstrip()}\n\n{new}" if old.strip() else new


def read_owners(path: Path, root: Path) -> str:
    """Return the text of a code-owner file in the repository of the site in ``root``; nothing where there is none."""
    if not exists(path):
        return ""
    try:
        return read_file(path, repository_root(root), MAX_BYTES, hidden=True).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UnreadableOwners(path, "the file is not UTF-8 text") from None
    except UnreadableFile as refused:
        raise UnreadableOwners(path, str(refused)) from None
