"""Prose runs no code: a page has the macros of this program and what its own site declares, and nothing else."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import TemplateSyntaxError

from opmodel.adapter.macro_sandbox import PageEnvironment
from opmodel.source.page_macros import PageSyntax
from sites import build, edit, good, lines, run_build

ATTACKS = (
    "cycler.__init__.__globals__.os.popen('id').read()",
    "matrix.__globals__",
    "matrix.func",
    "product.__class__.__mro__",
    "product['__class__']",
    "product.name.join('ab')",
    "product.name.format(product)",
    "product|attr('__class__')",
    "[product]|map(attribute='__class__')|list",
    "(product)|pprint",
    "''.__class__",
    "{}.update(a=1)",
    "config",
    "environment",
    "page.file.abs_src_path",
    "files",
    "git",
    "plugin",
    "macros",
    "namespace(a=1)",
    "lipsum(n=100000)",
    "range(10**9)",
    "range(999999999)|list",
    "'x' * 10**9",
    "'%099999999d' % 1",
    "9**9**9",
    "matrix() if product else matrix()",
    "matrix(*product)",
    "matrix()()",
    "matrix().x",
    "self",
    "super()",
    "loop",
    "caller()",
    "(" * 5000,
    "1" * 5000,
    "",
)
STATEMENTS = (
    "{% include '../data/site.yml' %}",
    "{% import 'index.md' as x %}",
    "{% extends 'index.md' %}",
    "{% set matrix = 1 %}",
    "{% for x in product %}{% endfor %}",
    "{% macro a() %}{% endmacro %}",
    "{% call matrix() %}{% endcall %}",
    "{%- filter upper -%}{% endfilter %}",
    "{% raw %} without end",
    "{{ without end",
    "{# without end",
)


def environment() -> PageEnvironment:
    plugin = SimpleNamespace(
        variables={"product": {"name": "Acme", "parts": ["one"]}, "config": 1, "page": 2, "files": 3, "git": 4},
        macros={"matrix": lambda: "MATRIX", "shout": lambda text, times=1: text.upper() * times},
        filters={"loud": lambda text: text.upper()},
    )
    return PageEnvironment(plugin, PageSyntax())


@pytest.mark.parametrize("text", [f"{{{{ {attack} }}}}" for attack in ATTACKS] + [*STATEMENTS])
def test_a_page_has_nothing_but_macros(text: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=r"(?s)expected|unknown"):
        environment().from_string(f"# Page\n\n{text}\n").render(product=object(), cycler=object())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ matrix() }}", "MATRIX"),
        ("{{ shout('a', times=2) }} {{ shout(product.name) }}", "AA ACME"),
        ("{{ product.name }} {{ product['parts'][0] }} {{ product.name|loud }}", "Acme one ACME"),
        ("a `${{ github }}` and ``{{ ` }}`` b", "a `${{ github }}` and ``{{ ` }}`` b"),
        ("~~~\n{{ x }}\n{% y %}\n~~~", "~~~\n{{ x }}\n{% y %}\n~~~"),
        ("    ```\n    {{ x }}\n    ```", "    ```\n    {{ x }}\n    ```"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`"),
        ("a {# comment #}b", "a b"),
    ],
)
def test_what_a_page_may_say_is_rendered(text: str, expected: str) -> None:
    assert environment().from_string(text).render() == expected


def test_a_name_of_the_host_that_a_page_declares_is_no_variable() -> None:
    with pytest.raises(TemplateSyntaxError):
        environment().from_string("{{ title }}").render(title="from the front matter")


OWN = """
def define_env(env):
    env.variables["product"] = {"name": "Acme"}

    @env.macro
    def shout(text, times=1):
        return text.upper() * times

    @env.filter
    def loud(text):
        return text.upper()
"""


@pytest.mark.slow
def test_what_a_site_declares_itself_keeps_working(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    (site / "main.py").write_text(OWN, encoding="utf-8")
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("extra:\n  currency: EUR\n")
    edit(site, "docs/index.md", "title: Small site", "title: Small {{ site }}")
    with (site / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write('\n{{ shout("hello", times=2) }} {{ product.name|loud }} {{ currency }} `${{ x }}`\n')
    html = (build(site) / "index.html").read_text(encoding="utf-8")
    assert "HELLOHELLO ACME EUR <code>${{ x }}</code>" in html
    assert "Small {{ site }}" in html


def test_the_build_refuses_what_the_check_refuses(tmp_path: Path) -> None:
    site = good(tmp_path / "site")
    with (site / "docs/index.md").open("a", encoding="utf-8") as file:
        file.write("\n{{ cycler.__init__.__globals__.os.popen('touch ran').read() }}\n")
    found = lines(site)
    done = run_build(site, NO_MKDOCS_2_WARNING="1", SOURCE_DATE_EPOCH="1795305600")
    assert [line for line in done.stderr.splitlines() if line.startswith("docs/")] == found
    assert "(page-macro)" in found[0]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (site / "ran").exists()
