"""Removal of the samples from a site that was started with them: packets, and the candidates and teams that only they
used."""

import textwrap
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from opmodel.files.packet_files import PACKETS_FOLDER, packet_path
from opmodel.files.writing import write_text
from opmodel.load.loader import load_model
from opmodel.load.operating_model import OperatingModel
from opmodel.scaffold.entries import append_entry, read_entries, split_entries
from opmodel.scaffold.guide_base import base_without_samples
from opmodel.scaffold.packet import PacketRequest, new_packet
from opmodel.scaffold.prose_links import NEW_SITE, StandIns
from opmodel.scaffold.removal import RemovedRecords, remove_from_copy
from opmodel.scaffold.rendering import CreationRefused, render_template
from opmodel.scaffold.site_changes import Changes, change_site, read_site_file
from opmodel.scaffold.starter import starter_files
from opmodel.source.reader import parse
from opmodel.source.tree import ScalarNode, walk

_TEAMS, _CANDIDATES = "data/teams.yml", "data/candidates.yml"


def remove_samples(root: Path, today: date) -> Changes:
    """Remove the samples of a site and return what was changed. Raises `CreationRefused`, with nothing written.

    What was changed since the site began is no sample. A site without a packet of its own gets a first draft.
    """
    return change_site(root, today, lambda copy, model: _remove_from_copy(copy, model, today))


def _remove_from_copy(copy: Path, model: OperatingModel, today: date) -> None:
    packets = [name for name, summary in model.summaries.items() if summary.sample_as_of]
    if not packets:
        raise CreationRefused("this site has no sample packet: none has sample_as_of; nothing was written")
    for name in packets:
        (copy / packet_path(name)).unlink()
    own = any((copy / PACKETS_FOLDER).glob("*.yml"))
    _leave_out(copy / _CANDIDATES, "candidates", _unchanged_samples(copy, _CANDIDATES, "candidates"))
    teams = _unused_sample_teams(copy)
    _leave_out(copy / _TEAMS, "teams", teams)
    if not own:
        teams -= _add_first_teams(copy / _TEAMS)
    named = _stand_ins(model, packets) if own else NEW_SITE
    remove_from_copy(copy, model, RemovedRecords(packets=packets, teams=sorted(teams), named=named), today)
    if not own:
        new_packet(load_model(copy).model, PacketRequest(title="First workflow"), today)
    base_without_samples(copy, named)


def _stand_ins(model: OperatingModel, samples: Collection[str]) -> StandIns:
    """Return the first packet of the site that is no sample, with its first example, for commands of the guide."""
    packet = next((entry.value for name, entry in model.packets.items() if name not in samples), None)
    if packet is None:
        return NEW_SITE
    name = next(name for name, entry in model.packets.items() if entry.value is packet)
    given = next((each.given for each in packet.shared.approval.examples), {})
    case = " ".join(f"{key}={_typed(value)}" for key, value in given.items())
    return StandIns(packet=name, case=case, team=packet.owners.value.team)


def _typed(value: object) -> str:
    """Return the value of an input as it is typed for `opmodel decide`."""
    return ("yes" if value else "no") if isinstance(value, bool) else f'"{value}"' if " " in str(value) else str(value)


def _leave_out(file: Path, key: str, names: Collection[str]) -> None:
    """Take entries out of a file, which goes with the last of them."""
    if not file.is_file():
        return
    head, entries = read_entries(file, key)
    staying = [text for name, text in entries.items() if name not in names]
    if not staying:
        file.unlink()
    elif len(staying) < len(entries):
        write_text(file, head + "".join(staying))


def _unchanged_samples(copy: Path, path: str, key: str) -> set[str]:
    """Return the ids of the entries of a file that are as new sites with samples have them."""
    if not (copy / path).is_file():
        return set()
    samples = {name: text.rstrip() for name, text in read_entries(starter_files() / path, key)[1].items()}
    entries = read_entries(copy / path, key)[1]
    return {name for name, text in entries.items() if samples.get(name) == text.rstrip()}


def _unused_sample_teams(copy: Path) -> set[str]:
    """Return the sample teams, unchanged, that nothing left in the copy of a site names."""
    entries = read_entries(copy / _TEAMS, "teams")[1]
    unused = _unchanged_samples(copy, _TEAMS, "teams")
    found = (file.relative_to(copy) for file in sorted((copy / "data").rglob("*.yml")))
    files = [path.as_posix() for path in found if path.parent.name != "signoffs"]
    texts = (read_site_file(copy, path).decode(errors="replace") for path in files if path != _TEAMS)
    used = {word for text in texts for word in _words(text)}
    staying = [name for name in entries if name not in unused or name in used]
    while staying:
        name = staying.pop()
        unused.discard(name)
        staying += [above for above in _words(entries[name]) if above in unused]
    return unused


def _words(text: str) -> Iterator[str]:
    """Yield every text of a YAML file that is a single value."""
    if top := parse(text)[0]:
        scalars = (node for _, node in walk(top) if isinstance(node, ScalarNode))
        yield from (node.value for node in scalars if isinstance(node.value, str))


def _add_first_teams(file: Path) -> set[str]:
    """Add the teams of a site without samples, which its first draft names, and return their ids."""
    text = render_template("repository/data/teams.yml")
    first = split_entries(text, "teams")[1]
    if not file.is_file():
        write_text(file, text)
        return set(first)
    known = read_entries(file, "teams")[1]
    for name, entry in first.items():
        if name not in known:
            append_entry(file, "teams", textwrap.dedent(entry))
    return set(first)
