"""What macros show: every declared macro has a function, with the arguments that the declaration names."""

from inspect import signature

from opmodel.adapter import macro_blocks
from opmodel.permalinks.page_macros import LIST_MACROS, MACROS


def test_every_macro_is_made_by_a_function_that_takes_its_arguments() -> None:
    made = {name: len(signature(make).parameters) - 2 for name, (_, make) in macro_blocks._BLOCKS.items()}
    assert made == {name: len(macro.arguments) for name, macro in MACROS.items()}


def test_one_macro_lists_the_records_of_a_kind() -> None:
    assert LIST_MACROS == {"faq": "faq_index", "workflows": "portfolio", "teams": "teams"}
    assert len(LIST_MACROS) == sum(bool(macro.lists) for macro in MACROS.values())
