"""Inputs of two tables compared: those added, removed, renamed or with another domain."""

from collections.abc import Iterator, Sequence

from opmodel.approval.sentences import number_text
from opmodel.compare.shared_axes import renamed_inputs
from opmodel.model.approval import ChoiceInput, DateInput, Input, NumberInput, Window

_SAME_NUMBERS = "; figures are compared as numbers, although they no longer mean the same"


def input_changes(before: Sequence[Input], after: Sequence[Input]) -> Iterator[str]:
    """Yield a sentence for each input that was added, removed, renamed or changed."""
    names = renamed_inputs(before, after)
    old = {names.get(source.id, source.id): source for source in before}
    new = {source.id: source for source in after}
    for one, other in names.items():
        yield f"input {one} is now called {other}"
    for name, source in old.items():
        if name not in new:
            yield f"input {name} ({source.label}) was removed: rules no longer depend on it"
    for name, source in new.items():
        if name not in old:
            yield f"input {name} ({source.label}) was added: each earlier case is compared for all of its values"
        else:
            yield from _changed(old[name], source)


def _changed(old: Input, new: Input) -> Iterator[str]:
    name = new.id
    if old.type != new.type:
        yield f"input {name} was a {old.type} and is a {new.type}: it counts as another input"
        return
    if old.label != new.label:
        yield f"input {name}: its label was “{old.label}” and is “{new.label}”"
    if isinstance(old, ChoiceInput) and isinstance(new, ChoiceInput):
        yield from _values(name, old.values, new.values)
    elif isinstance(old, NumberInput) and isinstance(new, NumberInput):
        yield from _bounds(name, old, new)
        yield from _number(name, old, new)
    elif isinstance(old, DateInput) and isinstance(new, DateInput):
        yield from _bounds(name, old, new)


def _values(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for value in new:
        if value not in old:
            yield f"input {name} can now be “{value}”"
    for value in old:
        if value not in new:
            yield f"input {name} can no longer be “{value}”"


def _bounds(name: str, old: NumberInput | DateInput, new: NumberInput | DateInput) -> Iterator[str]:
    for bound, was, now in (("smallest", old.min, new.min), ("largest", old.max, new.max)):
        if was != now:
            yield f"input {name}: its {bound} value was {_text(was)} and is {_text(now)}"


def _text(value: object) -> str:
    if value is None:
        return "not limited"
    return str(value) if hasattr(value, "isoformat") else number_text(value)  # type: ignore[arg-type]  # a number


def _number(name: str, old: NumberInput, new: NumberInput) -> Iterator[str]:
    if old.unit != new.unit:
        yield f"input {name}: its unit was {old.unit or 'not given'} and is {new.unit or 'not given'}{_SAME_NUMBERS}"
    if old.decimals != new.decimals:
        yield f"input {name}: decimals were {_places(old.decimals)} and are {_places(new.decimals)}"
    if old.window != new.window:
        yield f"input {name}: it was {_window(old.window)} and is {_window(new.window)}{_SAME_NUMBERS}"


def _places(count: int | None) -> str:
    return "not limited" if count is None else str(count)


def _window(window: Window | None) -> str:
    return f"the sum per {window.per} over {window.over.words}" if window else "a single value"
