"""``opmodel rules``: what is checked."""

import textwrap

import click


@click.command(name="rules")
def command() -> None:
    """List every rule with its meaning."""
    from opmodel.rules.catalog import SUBJECTS

    for number, subject in enumerate(SUBJECTS):
        click.echo(("\n" if number else "") + subject.title)
        for name, meaning in subject.rules.items():
            click.echo(f"  {name}")
            click.echo(textwrap.indent(textwrap.fill(meaning, 96), "      "))
