"""``opmodel new faq`` and ``opmodel new team``: one entry more, and every byte before it as it was."""

from pathlib import Path

import pytest

from commands.terminal import opmodel, tree
from opmodel.rules.check import check
from sites import TODAY, good, lines, shipped

DAY = TODAY.isoformat()
FAQ, TEAMS = "data/faq.yml", "data/teams.yml"


@pytest.mark.parametrize("make", [good, shipped])
def test_a_new_question_has_no_problem(make: type, tmp_path: Path) -> None:
    site = make(tmp_path)
    before = (site / FAQ).read_bytes()
    shown = opmodel(site, "new", "faq", 'May I "skip": #1?', "--as-of", DAY).output
    assert lines(site) == []
    assert (site / FAQ).read_bytes().startswith(before)
    question = check(site, TODAY).model.questions["may-i-skip-1"]
    assert question.value.question == 'May I "skip": #1?'
    assert f"{FAQ}:{question.place('id').line}\n" in shown


@pytest.mark.parametrize("make", [good, shipped])
def test_a_new_team_has_no_problem(make: type, tmp_path: Path) -> None:
    site = make(tmp_path)
    before = (site / TEAMS).read_bytes()
    shown = opmodel(site, "new", "team", "Field Service", "--side", "business", "--escalates-to", "legal").output
    assert lines(site) == []
    assert (site / TEAMS).read_bytes().startswith(before)
    team = check(site, TODAY).model.teams["field-service"]
    assert team.value.escalates_to == "legal"
    assert f"{TEAMS}:{team.place('id').line}\n" in shown


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.rstrip(b"\n"),
        lambda text: text + b"# The last word.\n",
        lambda text: text + b"\n\n",
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n  ", b"\n"),
        lambda text: text.replace(b"\n  ", b"\n      "),
    ],
    ids=["windows", "no-last-line-end", "last-comment", "empty-lines", "byte-order-mark", "no-indent", "deep-indent"],
)
def test_every_byte_that_was_there_stays(written: type, tmp_path: Path) -> None:
    site = good(tmp_path)
    old = written((site / TEAMS).read_bytes())
    (site / TEAMS).write_bytes(old)
    opmodel(site, "new", "team", "Field Service", "--side", "it")
    new = (site / TEAMS).read_bytes()
    assert new.startswith(old)
    assert (b"\r\n" in new) == (b"\r\n" in old)
    assert new.count(b"\r\n") in (0, new.count(b"\n"))
    assert lines(site) == []


@pytest.mark.parametrize(
    "text",
    [
        "teams: [{id: a, name: A, side: it, purpose: P., channel: c, contact: c}]\n",
        "teams:\n  - id: a\nmore: 1\n",
        "teams: 1\n",
        "- id: a\n",
        "teams:\n  - {id: a\n",
        "teams:\n  - id: a\n...\n",
    ],
)
def test_a_file_of_another_form_is_left_alone(text: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / TEAMS).write_text(text, encoding="utf-8")
    before = tree(site)
    assert "teams.yml" in opmodel(site, "new", "team", "Field Service", "--side", "it", code=1).output
    assert tree(site) == before


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    site = good(tmp_path)
    (site / TEAMS).unlink()
    opmodel(site, "new", "team", "Field Service", "--side", "it")
    assert list(check(site, TODAY).model.teams) == ["field-service"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("faq", "Who decides?"),
            1,
            '"who-decides" exists, and nothing was written; the nearest free id: --id who-decides-2',
        ),
        (("faq", "Why?", "--topic", "aproval"), 1, 'no answer has the topic "aproval"; did you mean "approval"?'),
        (("faq", "two\nlines"), 1, "expected text on one line"),
        (("team", "Legal", "--side", "business"), 1, '"legal" exists'),
        (("team", "X", "--side", "busines"), 2, 'found "busines"; did you mean "business"?'),
        (
            ("team", "X", "--side", "it", "--escalates-to", "platfrom"),
            1,
            'unknown team "platfrom"; did you mean "platform"?',
        ),
    ],
)
def test_what_cannot_be_added_says_why(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    before = tree(site)
    assert said in opmodel(site, "new", *arguments, code=code).output
    assert tree(site) == before
