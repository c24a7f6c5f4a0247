"""Who must be asked before a packet changes: the code-owner file of the repository host, made from the owners in data.

The lines stand between two marks, so that a repository's own lines above them stay. They come last, because at GitHub
the last matching line counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opmodel.load.operating_model import OperatingModel
from opmodel.model.cover import Cover
from opmodel.model.vocabulary import Side

HOSTS = ("github", "gitlab")
WRITTEN_TO = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
PLACES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where a host looks for the file, relative to the repository's top folder."""
_BEGIN = "# begin: made by opmodel codeowners --format {host} --write, for the site in {site}; add your own lines above"
_END = "# end: made by opmodel codeowners, for the site in {site}"
_BLOCK = r"^# begin: made by opmodel codeowners --format (\w+) --write, for the site in {site};.*?^{end}$\n?"


@dataclass(frozen=True, kw_only=True)
class Committed:
    """A code-owner file that holds lines of ours: where it is, for which host, and those lines."""

    path: Path
    host: str
    block: str


def unnamed_teams(model: OperatingModel) -> list[str]:
    """Return the ids of teams that own a packet and have no handle, so that the host could ask nobody."""
    owners = {team for cover in model.covers.values() for team in cover.owning_teams}
    return sorted(name for name in owners if name in model.teams and model.teams[name].value.handle is None)


def block(model: OperatingModel, host: str, prefix: str = "") -> str:
    """Return the marked lines for ``host``: every packet, its sign-offs, and the teams of both of its owners.

    ``prefix`` is the site's folder within the repository. A team without a handle is left out; ask `unnamed_teams`.
    """
    lines = _github(model, prefix) if host == "github" else _gitlab(model, prefix)
    site = _site(prefix)
    return "\n".join([_BEGIN.format(host=host, site=site), *lines, _END.format(site=site)]) + "\n"


def _site(prefix: str) -> str:
    return f"/{prefix}"


def _pattern(prefix: str) -> re.Pattern[str]:
    """Return the pattern of the lines of one site: a repository may hold several."""
    site = _site(prefix)
    return re.compile(_BLOCK.format(site=re.escape(site), end=re.escape(_END.format(site=site))), re.M | re.S)


def _github(model: OperatingModel, prefix: str) -> Iterator[str]:
    yield "# A change of a packet or of its sign-offs asks the teams of both owners."
    for name, cover in model.covers.items():
        handles = [handle for side in Side if (handle := _handle(model, cover, side))]
        yield from _lines(prefix, name, list(dict.fromkeys(handles)))


def _gitlab(model: OperatingModel, prefix: str) -> Iterator[str]:
    yield "# A change of a packet or of its sign-offs needs an approval in each section."
    for side in Side:
        yield f"[{side.label}][1]"
        for name, cover in model.covers.items():
            handle = _handle(model, cover, side)
            yield from _lines(prefix, name, [handle] if handle else [])


def _lines(prefix: str, name: str, handles: list[str]) -> Iterator[str]:
    for folder in ("workflows", "signoffs") if handles else ():
        yield f"/{prefix}data/{folder}/{name}.yml {' '.join(handles)}"


def _handle(model: OperatingModel, cover: Cover, side: Side) -> str | None:
    owner = cover.value if side is Side.BUSINESS else cover.safety
    return model.teams[owner.team].value.handle if owner.team in model.teams else None


def top(root: Path) -> Path:
    """Return the top folder of the repository that holds the site, or the site's folder where there is none."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def prefix(root: Path) -> str:
    """Return the site's folder within its repository, with a slash at its end, or an empty text at the top."""
    inner = root.relative_to(top(root)).as_posix().replace(" ", "\\ ")
    return "" if inner == "." else f"{inner}/"


def committed(root: Path) -> Committed | None:
    """Return the code-owner file that holds lines of ours, or None."""
    for place in PLACES:
        path = top(root) / place
        found = _pattern(prefix(root)).search(_text(path))
        if found and found[1] in HOSTS:
            return Committed(path=path, host=found[1], block=found[0].rstrip("\n") + "\n")
    return None


def replaced(root: Path, path: Path, new: str) -> str:
    """Return the text of the file at ``path`` with the site's lines replaced by ``new``, or with ``new`` at its end."""
    old, ours = _text(path), _pattern(prefix(root))
    if ours.search(old):
        return ours.sub(lambda _: new, old, count=1)
    return f"{old.rstrip()}\n\n{new}" if old.strip() else new


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""
