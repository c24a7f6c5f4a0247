"""Compiled templates are kept between builds, and nothing depends on them."""

from pathlib import Path

from jinja2 import DictLoader, Environment

from opmodel.adapter.template_cache import cache_templates
from opmodel.cache import Cache


def printed(cache: Cache, text: str) -> str:
    environment = Environment(loader=DictLoader({"page": text}), autoescape=True)
    cache_templates(cache, html=environment)
    return environment.get_template("page").render(name="<b>")


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory")
    assert [printed(cache, text) for text in ("a {{ name }}", "b {{ name }}", "b {{ name }}")] == [
        "a &lt;b&gt;",
        "b &lt;b&gt;",
        "b &lt;b&gt;",
    ]
    assert list((tmp_path / "memory").rglob("*.cache"))


def test_what_cannot_be_read_or_written_is_compiled(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory")
    printed(cache, "{{ name }}")
    for file in (tmp_path / "memory").rglob("*.cache"):
        file.write_bytes(file.read_bytes()[:-5])
    assert printed(cache, "{{ name }}") == "&lt;b&gt;"
    (tmp_path / "file").write_text("")
    assert printed(Cache(tmp_path / "file"), "{{ name }}") == "&lt;b&gt;"
    assert printed(Cache(), "{{ name }}") == "&lt;b&gt;"
