"""Whatever is mistyped on the command line is answered with the nearest name."""

from pathlib import Path

import pytest

from commands.terminal import opmodel
from sites import good


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("chekc",), "'check'"),
        (("check", "--formt", "text"), "'--format'"),
        (("check", "--format", "jsn"), '"json"'),
        (("decide", "intak"), '"intake"'),
        (("decide", "triage", "amout=1"), '"amount"'),
        (("decide", "triage", "known=yess", "amount=1"), '"yes"'),
        (("sign", "intak", "--side", "it", "--by", "x"), '"intake"'),
        (("sign", "intake", "--side", "bussiness", "--by", "x"), '"business"'),
        (("diff", "--format", "makrdown"), '"markdown"'),
        (("new", "X", "--team", "finanec"), '"finance"'),
        (("new", "tema", "X"), '"team"'),
        (("new", "packet", "X", "--form", "x"), "'--from'"),
        (("codeowners", "--format", "gitlb"), '"gitlab"'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_nearest_is_named(arguments: tuple[str, ...], near: str, tmp_path: Path) -> None:
    code = 1 if "finanec" in arguments else 2
    assert f"did you mean {near}?" in opmodel(good(tmp_path), *arguments, code=code).output.replace("Did", "did")


def test_the_nearest_file_is_named(tmp_path: Path) -> None:
    shown = opmodel(tmp_path, "check", str(good(tmp_path) / "data" / "worflows"), code=2).output
    assert 'did you mean "workflows"?' in shown
