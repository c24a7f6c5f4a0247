"""Parsing of less common expressions on pages: variables of a site, arguments that are no texts, and filters."""

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_PARSER = ImmutableSandboxedEnvironment()
NamesUsed = tuple[str, tuple[str, ...] | None, frozenset[str], frozenset[str]]
"""(the macro or variable, the texts it is called with, all names, all filters) as in Expression."""


def names_used(inner: str) -> NamesUsed | None:
    """Return what the text between ``{{`` and ``}}`` uses, or None where it is anything that pages do not have."""
    names, filters = set[str](), set[str]()
    try:
        match _PARSER.parse(f"{{{{{inner}}}}}").body:
            case [nodes.Output(nodes=[node])] if _collect(node, names, filters):
                call = node if isinstance(node, nodes.Call) else None
                named = call.node if call else node
                name = named.name if isinstance(named, nodes.Name) else ""
                return name, _texts(call), frozenset(names), frozenset(filters)
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError, MemoryError):
        pass
    return None


def _collect(node: nodes.Node | None, names: set[str], filters: set[str]) -> bool:
    """Add the names and filters that an expression uses; return whether it is made of nothing but what pages have."""
    below: list[nodes.Node | None]
    match node:
        case nodes.Const() | nodes.TemplateData():
            return True
        case nodes.Name(name=name):
            names.add(name)
            return True
        case nodes.Getattr(node=of, attr=attribute):
            return not attribute.startswith("_") and _is_path(of) and _collect(of, names, filters)
        case nodes.Getitem(node=of, arg=nodes.Const(value=key)):
            return not str(key).startswith("_") and _is_path(of) and _collect(of, names, filters)
        case nodes.Call(node=nodes.Name(name=name), args=args, kwargs=kwargs, dyn_args=None, dyn_kwargs=None):
            names.add(name)
            below = [*args, *(each.value for each in kwargs)]
        case nodes.Filter(node=of, name=name, args=args, kwargs=kwargs, dyn_args=None, dyn_kwargs=None):
            filters.add(name)
            below = [of, *args, *(each.value for each in kwargs)]
        case nodes.List(items=items) | nodes.Tuple(items=items):
            below = list(items)
        case nodes.Dict(items=pairs):
            below = [part for each in pairs for part in (each.key, each.value)]
        case _:
            return False
    return all(_collect(each, names, filters) for each in below)


def _is_path(node: nodes.Node) -> bool:
    """Whether a node is a variable or something in one, as in ``product.name``."""
    return isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem)


def _texts(call: nodes.Call | None) -> tuple[str, ...] | None:
    if call is None or call.kwargs:
        return None
    values = [each.value for each in call.args if isinstance(each, nodes.Const) and isinstance(each.value, str)]
    return tuple(values) if len(values) == len(call.args) else None
