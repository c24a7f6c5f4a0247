"""What a thousand workflows do to the pages: the long lists stay light, and no other page grows."""

import gzip
from dataclasses import replace
from random import Random
from string import ascii_lowercase

import pytest

from opmodel.load.document import Document, Entry
from opmodel.model.candidates import Candidate, Candidates
from opmodel.readiness.ranking import candidate_pages
from opmodel.rules.check import Checked
from opmodel.views.blocks import ROWS_AT_A_TIME, SHOWN_LATER
from opmodel.views.candidate_list import candidate_list
from opmodel.views.candidates import candidates
from opmodel.views.matrix import matrix
from opmodel.views.packet.page import packet_page
from opmodel.views.portfolio import portfolio
from opmodel.views.render import render
from opmodel.views.teams import team_index, team_page
from sites import check_shipped

MANY = 1000
MOST = 140_000
"""Compressed bytes of a page's content; its frame, about 6 KB, comes on top."""


@pytest.fixture(scope="module")
def few() -> Checked:
    return check_shipped()


@pytest.fixture(scope="module")
def many(few: Checked) -> Checked:
    """The shipped packets again and again, each time with a title, a summary and owners that nobody can foresee."""
    random = Random(1)  # noqa: S311 nothing here is secret
    summaries = dict(few.model.summaries)

    def words(count: int) -> str:
        return " ".join("".join(random.choices(ascii_lowercase, k=random.randint(3, 9))) for _ in range(count))

    for name in (list(summaries) * MANY)[: MANY - len(summaries)]:
        copy, old = words(2).replace(" ", "-"), summaries[name]
        summaries[copy] = replace(
            old,
            title=words(3),
            summary=words(12),
            value=old.value.model_copy(update={"holder": words(3)}),
            safety=old.safety.model_copy(update={"holder": words(3)}),
        )
    return replace(few, model=replace(few.model, summaries=summaries))


def size(html: str) -> int:
    return len(gzip.compress(html.encode(), 9))


def team_html(checked: Checked, name: str) -> str:
    return str(render("team.html.jinja", f"teams/{name}/", team=team_page(checked, name)))


def test_the_portfolio_of_a_thousand_workflows_is_light(many: Checked) -> None:
    view = portfolio(many)
    assert sum(len(group.rows) for group in view.groups) == MANY
    assert size(str(render("portfolio.html.jinja", "workflows/", portfolio=view))) <= MOST


def test_the_page_of_a_team_with_a_part_in_every_workflow_is_light(many: Checked) -> None:
    duties = {name: len(team_page(many, name).duties.rows) for name in many.model.teams}
    busiest = max(duties, key=lambda name: duties[name])
    assert duties[busiest] > 0.9 * MANY
    assert size(team_html(many, busiest)) <= MOST


def test_a_team_has_one_row_for_each_workflow_and_the_first_do_not_wait(many: Checked) -> None:
    for name in many.model.teams:
        view = team_page(many, name)
        titles = [row.cells[0].address for row in view.duties.rows]
        assert len(titles) == len(set(titles))
        assert [row.data for row in view.duties.rows] == [
            SHOWN_LATER if n >= ROWS_AT_A_TIME else () for n in range(len(titles))
        ]
        assert view.step == (ROWS_AT_A_TIME if len(titles) > ROWS_AT_A_TIME else 0)


def test_pages_about_one_thing_do_not_grow_with_the_others(few: Checked, many: Checked) -> None:
    for name in few.model.packets:
        before, after = (
            render("packet.html.jinja", f"workflows/{name}/", packet=packet_page(checked, name))
            for checked in (few, many)
        )
        assert after == before


def test_overviews_do_not_grow_with_the_workflows(few: Checked, many: Checked) -> None:
    assert render("matrix.html.jinja", "matrix/", matrix=matrix(many.model)) == render(
        "matrix.html.jinja", "matrix/", matrix=matrix(few.model)
    )
    assert size(str(render("teams.html.jinja", "teams/", tables=team_index(many)))) <= 1.1 * size(
        str(render("teams.html.jinja", "teams/", tables=team_index(few)))
    )


def test_thousands_of_candidates_are_listed_a_hundred_to_a_page(few: Checked) -> None:
    assert few.model.candidates
    counted = few.model.candidates.value
    new = [
        Candidate(id=f"case-{n}", title=f"Case {n}", purpose=f"{n} " * 400, output=f"{n} " * 200, stage="Pilot")
        for n in range(3600)
    ]
    whole = counted.model_copy(update={"candidates": (*counted.candidates, *new)})
    model = replace(few.model, candidates=Entry(whole, Document("data/candidates.yml", None)))
    assert candidate_pages(whole) == 36
    pages = [candidate_list(model, number) for number in range(1, 37)]
    assert [row.anchor for page in pages for row in page.table.rows] == [f"candidate-case-{n}" for n in range(3600)]
    assert (pages[0].before, pages[0].after) == ("", "candidates/2/")
    assert (pages[35].before, pages[35].after) == ("candidates/35/", "")
    for page in pages:
        assert size(str(render("candidate_list.html.jinja", page.address, view=page))) <= MOST
    before, after = candidates(few.model), candidates(model)
    assert before
    assert after
    assert (after.ranking, after.ruled_out, before.unranked) == (before.ranking, before.ruled_out, None)
    assert after.unranked
    assert after.unranked.text == "3600 candidates that nobody has counted"


def test_a_list_of_uncounted_candidates_alone_has_no_ranking(few: Checked) -> None:
    whole = Candidates(candidates=(Candidate(id="sorting", title="Sorting"),))
    model = replace(few.model, candidates=Entry(whole, Document("data/candidates.yml", None)))
    view = candidates(model)
    assert view
    assert (view.ranking, view.example) == (None, None)
    html = str(render("candidates.html.jinja", "guide/", view=view))
    assert "1 candidate that nobody has counted" in html
    (row,) = candidate_list(model, 1).table.rows
    assert [cell.text for cell in row.cells] == ["Sorting", "–", "–", "–", "–"]
