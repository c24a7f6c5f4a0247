"""Python's -OO leaves out docstrings and assertions; what is published from them stays."""

import os
import subprocess
import sys

import pytest

from sites import SHIPPED

FIELDS = (
    "from opmodel.views.reference import field_chapters; from opmodel.readiness.gates import GATES; "
    "from opmodel.formats.schemas import data_schemas; from opmodel.load.loader import load_model; "
    "from pathlib import Path; "
    "print(field_chapters('packet')[0], [gate.meaning for gate in GATES], data_schemas(load_model(Path('.')).model))"
)


def printed(optimise: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=SHIPPED,
        env={**os.environ, "PYTHONOPTIMIZE": optimise, "OPMODEL_CACHE": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [("-m", "opmodel", "rules"), ("-m", "opmodel", "check", "--help"), ("-m", "opmodel", "--help"), ("-c", FIELDS)],
    ids=["rules", "help of a command", "help", "fields, gates and schemas"],
)
def test_published_texts_stay(arguments: tuple[str, ...]) -> None:
    plain = printed("", *arguments)
    assert len(plain) > 300
    assert printed("2", *arguments) == plain
