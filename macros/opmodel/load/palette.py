"""The colours in ``theme.palette``, as the settings of the theme write them."""

from typing import NamedTuple

import yaml

from opmodel.load.setting_nodes import is_unknown, node_at, one_or_more, place_of, setting_problem
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


class PaletteColour(NamedTuple):
    """A colour of the palette: 0 on light or 1 on dark, its setting, the colour as ``#rrggbb``, and where it stands."""

    scheme: int
    setting: str
    colour: str
    place: Place


class PaletteColours(NamedTuple):
    """The colours in ``theme.palette``, and what is wrong with it."""

    colours: list[PaletteColour]
    problems: list[Problem]


def palette_colours(palette: yaml.Node | None) -> PaletteColours:
    """Return the colours in ``theme.palette``, which is one mapping or a list of them."""
    found = PaletteColours([], [])
    for entry in one_or_more(palette):
        if isinstance(entry, yaml.MappingNode):
            _add_colours(entry, found)
        else:
            found.problems.append(setting_problem(entry, 'expected colours, such as primary: "#0b4f9e"'))
    return found


def _add_colours(entry: yaml.MappingNode, found: PaletteColours) -> None:
    """Add the colours of one scheme, and what is wrong with them."""
    found.problems.extend(
        setting_problem(key, f"theme.palette.{key.value} would have no effect: {_OWN_SWITCH.format(key=key.value)}")
        for key, _ in entry.value
        if key.value not in (*_KEYS, "<<")
    )
    named = node_at(entry, "scheme")
    scheme = str(named.value) if named else "default"
    if scheme not in _SCHEMES:
        message = f"expected default (light) or slate (dark), found {in_quotes(scheme)}"
        found.problems.append(setting_problem(named, message))
        return
    settings = [(key, node) for key in _KEYS[1:] if (node := node_at(entry, key))]
    if not settings:
        message = 'this changes no colour; add one, such as primary: "#0b4f9e", or remove it'
        found.problems.append(setting_problem(entry, message))
    for key, node in settings:
        if colour := _colour(node):
            found.colours.append(PaletteColour(_SCHEMES[scheme], key, colour, place_of(node)))
        else:
            message = f'expected a colour, such as {key}: "#0b4f9e", found {_found(node)}'
            found.problems.append(setting_problem(node, message))


def _colour(node: yaml.Node) -> str | None:
    value = str(node.value) if isinstance(node, yaml.ScalarNode) and not is_unknown(node) else ""
    return hex_colour(value) or _NAMED.get(value.replace(" ", "-"))


def _found(node: yaml.Node) -> str:
    """Return what stands in the place of a colour, in words."""
    if is_unknown(node):
        return "a value of the environment, whose contrast cannot be checked"
    value = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    return f"{in_quotes(value)}{did_you_mean(value, _NAMED) if value not in ('', 'custom') else ''}"
