"""What new sites start from: the guide, data and recipes that an engine carries."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from markupsafe import escape

from opmodel.files.leftovers import is_leftover
from opmodel.files.writing import write_text
from opmodel.scaffold.prose_links import all_gone, without_links, without_links_in_yaml
from opmodel.scaffold.rendering import CreationRefused, yaml_string

HERE = Path(__file__).parent
_FOLDERS = ("docs/guide", "data", "publish")
OWN_DATA = ("roles.yml", "responsibilities.yml", "faq.yml")
_SAMPLES = ("teams.yml", "candidates.yml", "workflows", "signoffs")
_COPYRIGHT = re.compile(r"^copyright:.*$", re.M)


def starter_files() -> Path:
    """Return the folder with the guide and data that new sites start from. Raises `CreationRefused` if it is missing.

    An installed package carries them; an editable install finds them in its repository.
    """
    for folder in (HERE / "material", HERE.parents[2]):
        if all((folder / each).is_dir() for each in _FOLDERS) and (folder / "mkdocs.yml").is_file():
            return folder
    raise CreationRefused("this installation of opmodel carries no guide to start from; install it anew")


def copy_starter(origin: Path, made: Path, *, samples: bool) -> None:
    """Copy what new sites start from, without prose on the samples unless they are wanted."""
    for name in ("docs", "publish"):
        _copy_folder(origin / name, made / name)
    (made / "data").mkdir()
    for name in OWN_DATA + (_SAMPLES if samples else ()):
        source = origin / "data" / name
        if source.is_dir():
            _copy_folder(source, made / "data" / name)
        elif source.is_file():
            shutil.copy(source, made / "data" / name)
    if not samples:
        for file in (made / "docs").rglob("*.md"):
            write_text(file, without_links(file.read_text(encoding="utf-8"), all_gone))
        answers = made / "data" / "faq.yml"
        write_text(answers, without_links_in_yaml(answers.read_text(encoding="utf-8"), all_gone))


def _copy_folder(source: Path, target: Path) -> None:
    """Copy a folder without what is hidden or left over; stop at the first file that cannot be written."""
    target.mkdir()
    for each in sorted(source.iterdir()):
        if each.name.startswith(".") or each.name == "__pycache__" or is_leftover(each.name):
            continue
        (_copy_folder if each.is_dir() else shutil.copy)(each, target / each.name)


def site_settings(origin: Path, organisation: str) -> str:
    """Return the settings of MkDocs of a new site."""
    settings = (origin / "mkdocs.yml").read_text(encoding="utf-8")
    return _COPYRIGHT.sub(lambda _: f"copyright: {yaml_string(str(escape(organisation)))} # HTML", settings)


def repository_templates() -> Iterator[tuple[str, str]]:
    """Yield (template, path in the new site); ``dot-`` stands for the dot of a file that would be hidden here."""
    folder = HERE / "templates" / "repository"
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            name = file.relative_to(folder).as_posix()
            yield f"repository/{name}", re.sub("^dot-", ".", name)
