"""The base of a site: the text that its engine gave it, which a later update compares with.

It stands in ``engine/base/``, and ``engine/base.json`` says which version gave it and to whom.
"""

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from opmodel import __version__
from opmodel.files.reading import exists, walk_files
from opmodel.files.writing import write_bytes, write_text
from opmodel.formats.markdown import escaped
from opmodel.scaffold.engine_requirement import ENGINE_FOLDER
from opmodel.scaffold.prose_links import NEW_SITE, StandIns
from opmodel.scaffold.rendering import CreationRefused, render_template
from opmodel.scaffold.site_changes import read_site_file
from opmodel.scaffold.starter import OWN_DATA, copy_starter, repository_templates, site_settings, starter_files

BASE_FOLDER, BASE_FILE = f"{ENGINE_FOLDER}/base", f"{ENGINE_FOLDER}/base.json"
_NO_BASE = (
    f"there is no {BASE_FILE}, which says what text the engine gave this site; take engine/base.json and engine/base/ "
    "from version control, or from a new site that you make with the engine that made this one"
)


@dataclass(frozen=True, kw_only=True)
class GuideBase:
    """What the engine gave to a site.

    Args:
        version: The version of the engine.
        organisation: The name of the organisation, which some files show.
        samples: Whether the samples came with it.
        files: The content of each file by its path from the site's folder.
        named: What commands of the guide name once the samples are gone.
    """

    version: str
    organisation: str
    samples: bool
    files: dict[str, bytes]
    named: StandIns = NEW_SITE


def read_base(root: Path) -> GuideBase:
    """Return the base of a site. Raises `CreationRefused` if there is none."""
    if not exists(root / BASE_FILE):
        raise CreationRefused(_NO_BASE)
    try:
        about: dict[str, Any] = json.loads(read_site_file(root, BASE_FILE))
        given = {name: str(about[name]) for name in ("version", "organisation")}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CreationRefused(f"{BASE_FILE} cannot be read; take it from version control") from None
    named = {key: str(value) for key, value in about.items() if key in StandIns._fields}
    samples = bool(about.get("samples"))
    return GuideBase(**given, samples=samples, files=_files(root, BASE_FOLDER), named=StandIns(**named))


def write_base(root: Path, base: GuideBase) -> None:
    """Write the base of a site in place of the one that is there."""
    shutil.rmtree(root / BASE_FOLDER, ignore_errors=True)
    for path, data in base.files.items():
        write_bytes(root / BASE_FOLDER / path, data, root)
    about = {"version": base.version, "organisation": base.organisation, "samples": base.samples}
    about |= {} if base.named == NEW_SITE else base.named._asdict()
    write_text(root / BASE_FILE, f"{json.dumps(about, ensure_ascii=False, indent=2)}\n", root)


def base_of_engine(organisation: str, *, samples: bool, named: StandIns = NEW_SITE) -> GuideBase:
    """Return what this engine gives to a new site; its prose names the samples in any case."""
    origin = starter_files()
    with tempfile.TemporaryDirectory(prefix="opmodel-") as name:
        made = Path(name)
        copy_starter(origin, made, samples=True)
        for template, path in repository_templates():
            if _is_shared(path):
                write_text(
                    made / path, render_template(template, **_values(organisation, samples=samples, named=named))
                )
        write_text(made / "mkdocs.yml", site_settings(origin, organisation))
        files = shared_files(made)
        return GuideBase(version=__version__, organisation=organisation, samples=samples, files=files, named=named)


def base_without_samples(root: Path, named: StandIns) -> None:
    """Note in the base of a site that its samples are gone; an unchanged README no longer speaks of them.

    ``named`` is what commands of the guide name in their place.
    """
    if not (root / BASE_FILE).is_file():
        return
    base, readme = read_base(root), root / "README.md"
    files = dict(base.files)
    if exists(readme) and read_site_file(root, "README.md") == files.get("README.md"):
        text = render_template("repository/README.md", **_values(base.organisation, samples=False, named=named))
        write_text(readme, text)
        files["README.md"] = text.encode("utf-8")
    write_base(root, replace(base, samples=False, files=files, named=named))


def _values(organisation: str, *, samples: bool, named: StandIns) -> dict[str, Any]:
    return {"organisation_markdown": escaped(organisation), "samples": samples, **named._asdict()}


def shared_files(made: Path) -> dict[str, bytes]:
    """Return the files of a new site that later engines may change."""
    return {path: data for path, data in _files(made).items() if _is_shared(path)}


def _is_shared(path: str) -> bool:
    folder, _, name = path.partition("/")
    return name in OWN_DATA if folder == "data" else folder not in (ENGINE_FOLDER, "requirements.txt")


def _files(root: Path, folder: str = "") -> dict[str, bytes]:
    """Return the content of each file in a folder of a site, by its path from there."""
    found = (file for file, _ in walk_files(root / folder, root, hidden=True))
    return {
        file.relative_to(root / folder).as_posix(): read_site_file(root, file.relative_to(root).as_posix())
        for file in found
    }
