"""The colours in ``theme.palette``, as the settings of the theme write them."""

from collections.abc import Iterator

import yaml

from opmodel.load.mkdocs_settings import RULE, is_unknown, node_at, place_of
from opmodel.model.problem import Place, Problem
from opmodel.text.colours import hex_colour
from opmodel.text.lookalikes import in_quotes
from opmodel.text.nearest import did_you_mean

_NAMED = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep-purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light-blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light-green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep-orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue-grey": "#546d78",
    "black": "#000000",
    "white": "#ffffff",
}
"""The theme's colours by name."""
_SCHEMES = {"default": 0, "slate": 1}
"""The theme's names for light and for dark colours."""
_KEYS = ("scheme", "primary", "accent")
_OWN_SWITCH = "the colours follow the reader's system, and the switch in the header changes them; remove {key}"


def palette_colours(palette: yaml.Node | None, problems: list[Problem]) -> Iterator[tuple[int, str, str, Place]]:
    """Yield (0 on light or 1 on dark, setting, colour, place) of each colour in ``theme.palette``."""
    for entry in palette.value if isinstance(palette, yaml.SequenceNode) else [palette] if palette else ():
        if not isinstance(entry, yaml.MappingNode):
            problems.append(_problem(entry, 'expected colours, such as primary: "#0b4f9e"'))
            continue
        problems += (
            _problem(key, f"theme.palette.{key.value} would have no effect: {_OWN_SWITCH.format(key=key.value)}")
            for key, _ in entry.value
            if key.value not in (*_KEYS, "<<")
        )
        named = node_at(entry, "scheme")
        scheme = str(named.value) if named else "default"
        if scheme not in _SCHEMES:
            problems.append(_problem(named, f"expected default (light) or slate (dark), found {in_quotes(scheme)}"))
            continue
        settings = [(key, node) for key in _KEYS[1:] if (node := node_at(entry, key))]
        if not settings:
            problems.append(
                _problem(entry, 'this changes no colour; add one, such as primary: "#0b4f9e", or remove it')
            )
        for key, node in settings:
            if colour := _colour(node):
                yield _SCHEMES[scheme], key, colour, place_of(node)
            else:
                problems.append(_problem(node, f'expected a colour, such as {key}: "#0b4f9e", found {_found(node)}'))


def _colour(node: yaml.Node) -> str | None:
    value = str(node.value) if isinstance(node, yaml.ScalarNode) and not is_unknown(node) else ""
    return hex_colour(value) or _NAMED.get(value.replace(" ", "-"))


def _found(node: yaml.Node) -> str:
    """Return what stands in the place of a colour, in words."""
    if is_unknown(node):
        return "a value of the environment, whose contrast cannot be checked"
    value = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    return f"{in_quotes(value)}{did_you_mean(value, _NAMED) if value not in ('', 'custom') else ''}"


def _problem(node: yaml.Node | None, message: str) -> Problem:
    return Problem(place_of(node), RULE, message)
