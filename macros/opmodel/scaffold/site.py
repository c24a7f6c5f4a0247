"""A new site repository: the guide, data of its own, recipes to publish it, and the engine as a dependency."""

import re
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError

from opmodel import __version__
from opmodel.files.writing import write_text
from opmodel.formats.markdown import escaped
from opmodel.formats.schemas import data_schemas
from opmodel.load.data_files import SCHEMAS_FOLDER
from opmodel.load.loader import load_model
from opmodel.load.operating_model import OperatingModel
from opmodel.load.records import error_message
from opmodel.model.values import Line, WebAddress
from opmodel.permalinks.engine_anchors import engine_addresses
from opmodel.permalinks.moves import all_moves
from opmodel.permalinks.published import published_addresses
from opmodel.permalinks.record import compare_addresses, record_new_addresses
from opmodel.rules.catalog import rules
from opmodel.rules.check import check
from opmodel.scaffold.engine_requirement import ENGINE_FOLDER, EngineRequirement
from opmodel.scaffold.guide_base import GuideBase, shared_files, write_base
from opmodel.scaffold.packet import PacketRequest, new_packet
from opmodel.scaffold.prose_links import NEW_SITE
from opmodel.scaffold.rendering import CreationRefused, render_template, yaml_string
from opmodel.scaffold.starter import copy_starter, repository_templates, site_settings, starter_files

_OPTIONS: dict[str, TypeAdapter[str]] = {
    "organisation": TypeAdapter(Line),
    "address": TypeAdapter(WebAddress),
    "engine": TypeAdapter(Line),
}
_SYNONYMS = re.compile(r"^synonyms:\n(?:  - .*\n)+", re.M)


@dataclass(frozen=True, kw_only=True)
class SiteRequest:
    """The options of a new site."""

    folder: Path
    organisation: str
    engine: EngineRequirement
    address: str
    samples: bool
    seed: UUID = field(default_factory=uuid4)
    """What the ids of feeds and calendars are made from."""


def new_site(wanted: SiteRequest, today: date) -> None:
    """Make the folder of a new site. Raises `CreationRefused` if it holds anything but ``.git``."""
    folder = wanted.folder
    _refuse_invalid(wanted)
    if folder.exists() and (not folder.is_dir() or any(each.name != ".git" for each in folder.iterdir())):
        raise CreationRefused(f"{folder} is not empty, and nothing was written; name a folder that is new or empty")
    origin = starter_files()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as name:
        made = Path(name)
        copy_starter(origin, made, samples=wanted.samples)
        _write(origin, made, wanted)
        _write_schemas(made)
        base = GuideBase(
            version=__version__, organisation=wanted.organisation, samples=wanted.samples, files=shared_files(made)
        )
        write_base(made, base)
        if not wanted.samples:
            new_packet(load_model(made).model, PacketRequest(title="First workflow"), today)
        checked = check(made, today)
        if errors := [str(problem) for problem in checked.errors]:
            raise CreationRefused("\n".join(["nothing was written, because the new site would have errors:", *errors]))
        _record_addresses(checked.model)
        _move(made, folder)


def _refuse_invalid(wanted: SiteRequest) -> None:
    """Raise `CreationRefused` with every option that the site's data cannot hold."""
    refused = []
    values = {"organisation": wanted.organisation, "address": wanted.address, "engine": wanted.engine.line}
    for name, kind in _OPTIONS.items():
        try:
            kind.validate_python(values[name])
        except ValidationError as error:
            refused.append(f"--{name}: {error_message(error.errors(include_url=False)[0])[1]}")
    if refused:
        raise CreationRefused("\n".join(refused))


def _move(made: Path, folder: Path) -> None:
    """Move the content of ``made`` into ``folder``; if that fails, move it back."""
    new, moved = not folder.exists(), list[Path]()
    try:
        folder.mkdir(exist_ok=True)
        for each in sorted(made.iterdir()):
            each.rename(folder / each.name)
            moved.append(folder / each.name)
    except OSError:
        for each in moved:
            each.rename(made / each.name)
        if new:
            folder.rmdir()
        raise


def _write(origin: Path, made: Path, wanted: SiteRequest) -> None:
    values = _values(origin, wanted)
    for template, path in repository_templates():
        if (made / path).exists():  # sample data takes the place of the empty one
            continue
        write_text(made / path, render_template(template, **values))
    if wanted.engine.package:
        (made / ENGINE_FOLDER).mkdir(exist_ok=True)
        shutil.copy(wanted.engine.package, made / ENGINE_FOLDER)
    write_text(made / "mkdocs.yml", site_settings(origin, wanted.organisation))


def _write_schemas(made: Path) -> None:
    for name, text in data_schemas(load_model(made).model).items():
        write_text(made / SCHEMAS_FOLDER / f"{name}.json", text)


def _record_addresses(model: OperatingModel) -> None:
    """Record what the site publishes from its first build on."""
    published, engine_owned = published_addresses(model, rules()), engine_addresses(model, rules())
    record_new_addresses(model.root, compare_addresses(model, published, all_moves(model), engine_owned))


def _values(origin: Path, wanted: SiteRequest) -> dict[str, Any]:
    synonyms = _SYNONYMS.search((origin / "data" / "site.yml").read_text(encoding="utf-8"))
    return {
        **NEW_SITE._asdict(),
        "organisation_markdown": escaped(wanted.organisation),
        "organisation_quoted": yaml_string(wanted.organisation),
        "description": yaml_string(
            f"How business and IT at {wanted.organisation} build, approve and run AI agents together."
        ),
        "address": yaml_string(wanted.address),
        "seed": wanted.seed,
        "engine": wanted.engine.line,
        "samples": wanted.samples,
        "synonyms": synonyms[0].rstrip() if synonyms else "synonyms: []",
    }
