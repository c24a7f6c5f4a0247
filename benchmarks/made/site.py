"""A whole generated site: the guide of a new site, and data for as many packets as are wanted."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import yaml

from made.faults import Fault, put_faults
from made.layout import yaml_text
from made.packet import packet
from made.plan import plans
from made.teams import organisation
from opmodel.formats.schemas import data_schemas
from opmodel.load.loader import load_model
from opmodel.load.operating_model import OperatingModel
from opmodel.model.vocabulary import SIGNING_SIDES, Status
from opmodel.permalinks.moves import all_moves
from opmodel.permalinks.published import published_addresses
from opmodel.permalinks.record import compare_addresses, record_new_addresses
from opmodel.readiness.signoffs import new_signoff
from opmodel.rules.catalog import rules
from opmodel.scaffold.engine_requirement import EngineRequirement
from opmodel.scaffold.signing import append_signoff
from opmodel.scaffold.site import SiteRequest, new_site

WORDS = Path(__file__).parent / "words.yml"
SIGNED = (Status.LIVE, Status.APPROVED)


def make_site(folder: Path, *, packets: int, seed: int, faults: int, today: date) -> list[Fault]:
    """Write a site into a new or empty folder and return the faults that were put in.

    Without faults the site passes the check: approved and live packets are signed, and all addresses are recorded.
    """
    folder = folder.resolve()
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    rng = Random(seed)  # noqa: S311 chance that repeats
    teams = organisation(words, packets)
    wanted = plans(words, teams, packets, rng)
    start = SiteRequest(
        folder=folder,
        organisation="Example Group",
        engine=EngineRequirement(line="opmodel"),
        address="https://model.example/",
        samples=False,
        seed=UUID(int=seed),
    )
    new_site(start, today)
    for file in (folder / "data" / "workflows").iterdir():  # the first draft of a new site
        file.unlink()
    _write(folder / "data" / "teams.yml", "teams", {"teams": teams.teams})
    for plan in wanted:
        made = packet(words, teams, plan, today, seed)
        _write(folder / "data" / "workflows" / f"{plan.id}.yml", "packet", made, up="../")
    _finish(folder, load_model(folder).model, today)
    return put_faults(folder, faults, rng)


def _write(file: Path, schema: str, value: Any, up: str = "./") -> None:
    head = f"# yaml-language-server: $schema={up}schemas/{schema}.json\n"
    file.write_text(head + yaml_text(value), encoding="utf-8", newline="\n")


def _finish(folder: Path, model: OperatingModel, today: date) -> None:
    """Sign what is approved or live, record every address, and write the schemas that editors use."""
    (folder / "data" / "signoffs").mkdir(exist_ok=True)
    for name, entry in model.packets.items():
        if entry.value.status in SIGNED:
            for side in SIGNING_SIDES:
                append_signoff(folder, name, new_signoff(entry.value, side, today))
    record_new_addresses(
        folder,
        compare_addresses(replace(model, permalinks=""), published_addresses(model, rules()), all_moves(model), ()),
    )
    for name, text in data_schemas(model).items():
        (folder / "data" / "schemas" / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


def commit(folder: Path) -> None:
    """Make a git repository of a folder, with all its files in one commit of nobody in particular."""
    identity = ("-c", "user.name=Generator", "-c", "user.email=generator@example.com")
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=Generated packets")):
        subprocess.run(["git", *identity, *command], cwd=folder, check=True)  # noqa: S603, S607 git, found on PATH
