"""Compiled templates are kept between builds, and nothing depends on them."""

from pathlib import Path

from jinja2 import DictLoader, Environment

from opmodel.adapter.compiled import keep_compiled
from opmodel.memory import Memory


def printed(memory: Memory, text: str) -> str:
    environment = Environment(loader=DictLoader({"page": text}), autoescape=True)
    keep_compiled(memory, html=environment)
    return environment.get_template("page").render(name="<b>")


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory")
    assert [printed(memory, text) for text in ("a {{ name }}", "b {{ name }}", "b {{ name }}")] == [
        "a &lt;b&gt;",
        "b &lt;b&gt;",
        "b &lt;b&gt;",
    ]
    assert list((tmp_path / "memory").rglob("*.cache"))


def test_what_cannot_be_read_or_written_is_compiled(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory")
    printed(memory, "{{ name }}")
    for file in (tmp_path / "memory").rglob("*.cache"):
        file.write_bytes(file.read_bytes()[:-5])
    assert printed(memory, "{{ name }}") == "&lt;b&gt;"
    (tmp_path / "file").write_text("")
    assert printed(Memory(tmp_path / "file"), "{{ name }}") == "&lt;b&gt;"
    assert printed(Memory(), "{{ name }}") == "&lt;b&gt;"
