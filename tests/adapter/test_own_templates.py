"""Which templates of the theme no page is made with, as the theme that is installed has them."""

from pathlib import Path

import material  # type: ignore[import-untyped]  # the theme ships no types
from jinja2 import Environment, FileSystemLoader, meta

from opmodel.adapter.theme_files import THEME
from opmodel.load.own_templates import UNUSED

THEIRS = Path(material.__file__).parent / "templates"
OF_PLUGINS = {"partials/pagination.html", "partials/post.html"}
"""Templates of the theme's plugins."""


def used() -> set[str]:
    """Return every template that our pages include, directly or not."""
    environment = Environment(
        loader=FileSystemLoader([THEME / "overrides", THEIRS]), extensions=["jinja2.ext.loopcontrols"], autoescape=True
    )
    found, todo = set[str](), ["main.html", "404.html"]
    while todo:
        name = todo.pop()
        if name not in found and environment.loader:
            found.add(name)
            source = environment.loader.get_source(environment, name)[0]
            todo += filter(None, meta.find_referenced_templates(environment.parse(source)))
    return found


def test_the_list_of_templates_that_no_page_includes_is_that_of_the_theme() -> None:
    every = {f"partials/{file.name}" for file in (THEIRS / "partials").glob("*.html")}
    assert every - used() - OF_PLUGINS == UNUSED.keys()
    assert set(UNUSED.values()) <= used()
