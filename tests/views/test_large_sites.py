"""What a thousand workflows do to the pages: the long lists stay light, and no other page grows."""

import gzip
from dataclasses import replace
from random import Random
from string import ascii_lowercase

import pytest

from opmodel.rules.check import Checked
from opmodel.views.blocks import ROWS_AT_A_TIME, SHOWN_LATER
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
