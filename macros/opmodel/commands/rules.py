"""``opmodel rules``: list every rule with its meaning."""

import textwrap

import click


@click.command(name="rules")
def command() -> None:
    """List every rule with its meaning."""
    from opmodel.rules.catalog import RULE_GROUPS

    for number, group in enumerate(RULE_GROUPS):
        click.echo(("\n" if number else "") + group.title)
        for name, meaning in group.published.items():
            click.echo(f"  {name}")
            click.echo(textwrap.indent(textwrap.fill(meaning, 96), "      "))
