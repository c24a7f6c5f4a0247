"""Every page, judged by software that was not written here.

``tests/judges/html-validate.json`` leaves out what the theme itself causes and readers do not notice: its lower-case
doctype and white space, ids that begin with two underscores, ``autocomplete`` on the check boxes that open its drawer
and search, and a search form without a button. A region that scrolls is a ``div`` with a role on purpose: it takes
the keyboard's focus, which a plain ``section`` does not need.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

JUDGES = Path(__file__).parents[1] / "judges"
BINARIES = JUDGES / "node_modules" / ".bin"

pytestmark = pytest.mark.judges


def faults(site: Path) -> Iterator[str]:
    """Yield what html-validate says about the pages of a site, one line each."""
    config = JUDGES / "html-validate.json"
    command = [str(BINARIES / "html-validate"), "--config", str(config), "--formatter", "json", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=JUDGES, check=False)
    for page in json.loads(done.stdout):
        for message in page["messages"]:
            where = Path(page["filePath"]).relative_to(site)
            yield f"{where}:{message['line']}:{message['column']}: {message['message']} ({message['ruleId']})"


def test_every_page_is_valid_html(built_site: Path) -> None:
    assert list(faults(built_site)) == []


def test_no_link_is_broken(built_site: Path) -> None:
    others = "^https?://(?!localhost|127[.])"
    command = [
        str(BINARIES / "linkinator"),
        ".",
        "--recurse",
        "--skip",
        others,
        "--format",
        "json",
        "--verbosity",
        "debug",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=built_site, check=False)
    links = json.loads(done.stdout[done.stdout.index("{") :])["links"]
    assert [link["url"] for link in links if link["state"] == "BROKEN"] == []
    assert sum(link["state"] == "OK" for link in links) > 200
