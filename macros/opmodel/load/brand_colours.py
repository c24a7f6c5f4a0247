"""The contrast of a site's own colours with those that they stand on, by WCAG 2.2 AA."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from opmodel.load.palette import PaletteColour
from opmodel.load.setting_nodes import RULE
from opmodel.load.style_sheets import ColourPair, theme_colours
from opmodel.model.problem import Place, Problem
from opmodel.text.colours import Need, contrast, ratio_words, readable, suffices

TEXT, LINE = 4.5, 3.0
"""The least contrast of text, and of the lines and shapes that controls are known by."""
_STRONG = 10.0
"""The contrast of a derived accent, which marks the link under the pointer."""
_SCHEMES = ("light", "dark")
_SURFACES = ("--om-bg", "--om-surface", "--om-raised", "--om-sunken")
_SHAPED = ("business", "it", "shared", "assurance")
_TINTED = (*_SHAPED, "pass", "fail", "wait")
_CODE = ("number", "special", "function", "constant", "keyword", "string")
_STANDS_ON: dict[str, tuple[float, tuple[str, ...]]] = {
    "--om-ink": (TEXT, (*_SURFACES, "--om-mark", *(f"--om-{name}-bg" for name in _TINTED))),
    "--om-muted": (TEXT, _SURFACES),
    "--om-link": (TEXT, _SURFACES),
    "--om-link-hover": (TEXT, _SURFACES),
    **{f"--om-{name}": (TEXT, (*_SURFACES[:3], f"--om-{name}-bg")) for name in _TINTED},
    **{f"--om-{name}-fill": (LINE, ("--om-bg",)) for name in _SHAPED},
    **{f"--md-code-hl-{name}-color": (TEXT, ("--om-surface",)) for name in _CODE},
    "--om-line-strong": (LINE, _SURFACES[:3]),
}
"""The contrast that a colour needs, and the colours that it stands on."""
_PALETTE = {"primary": "--om-link", "accent": "--om-link-hover"}


class BrandColour(NamedTuple):
    """A colour that a site sets: where on light and on dark (None where it is derived), and by which setting."""

    name: str
    pair: ColourPair
    places: tuple[Place | None, Place | None]
    setting: str = ""

    def fix(self, scheme: int, colour: str) -> str:
        """Return what to write for another colour in one scheme."""
        if self.setting:
            return f'{self.setting}: "{colour}"'
        pair = ColourPair(colour, self.pair.dark) if scheme == 0 else ColourPair(self.pair.light, colour)
        return f"{self.name}: {pair}"


def derived_colours(palette: Iterable[PaletteColour], sheets: Mapping[str, BrandColour]) -> dict[str, BrandColour]:
    """Return the colours of a palette by name. What it does not say is derived from what it says.

    Args:
        palette: The colours of ``theme.palette``.
        sheets: The colours in the site's style sheets.
    """
    said = {(each.setting, each.scheme): (each.colour, each.place) for each in palette}
    found: dict[str, BrandColour] = {}
    for setting, name in _PALETTE.items():
        known = [said.get((setting, scheme)) for scheme in (0, 1)]
        from_primary = found.get("--om-link") if not any(known) else None
        if not any(known) and not from_primary:
            continue
        wanted = _STRONG if setting == "accent" else TEXT
        colours = []
        for scheme in (0, 1):
            if given := known[scheme]:
                colours.append(given[0])
                continue
            base = from_primary.pair[scheme] if from_primary else (known[1 - scheme] or ("", None))[0]
            needs = [(_colour(surface, scheme, sheets), wanted) for surface in _SURFACES]
            colours.append(readable(base, needs, lighter=scheme == 1) or theme_colours()[name][scheme])
        places = (known[0][1] if known[0] else None, known[1][1] if known[1] else None)
        found[name] = BrandColour(name, ColourPair(*colours), places, setting)
    return found


def contrast_problems(own: Mapping[str, BrandColour]) -> Iterator[Problem]:
    """Yield a problem for each colour of the site that is not told apart from those behind or in front of it."""
    for colour in own.values():
        for scheme, place in enumerate(colour.places):
            if place:
                yield from _problems(colour, place, scheme, own)


def _problems(colour: BrandColour, place: Place, scheme: int, own: Mapping[str, BrandColour]) -> Iterator[Problem]:
    """Yield a problem if a colour lacks contrast: with what it stands on, or with those of ours that stand on it."""
    mine = colour.pair[scheme]
    if behind := _STANDS_ON.get(colour.name):
        ratios = dict.fromkeys(behind[1], behind[0])
    else:
        ratios = {name: ratio for name, (ratio, on) in _STANDS_ON.items() if colour.name in on and name not in own}
    needs = {name: (_colour(name, scheme, own), ratio) for name, ratio in ratios.items()}
    if suffices(mine, needs.values()):
        return
    worst, (other, ratio) = min(needs.items(), key=lambda need: _share(mine, need[1]))
    better = readable(mine, needs.values(), lighter=(scheme == 1) == bool(behind))
    message = (
        f"{colour.setting or colour.name} {mine} has a contrast of {ratio_words(contrast(mine, other))} with {worst} "
        f"{other} in the {_SCHEMES[scheme]} colours; expected {ratio_words(ratio)} or more"
    )
    advice = f": {colour.fix(scheme, better)}" if better else ", which no shade of it has"
    yield Problem(place, RULE, message + advice)


def _share(colour: str, need: Need) -> float:
    """Return how much there is of the contrast that two colours need."""
    other, ratio = need
    return contrast(colour, other) / ratio


def _colour(name: str, scheme: int, own: Mapping[str, BrandColour]) -> str:
    return own[name].pair[scheme] if name in own else theme_colours()[name][scheme]
