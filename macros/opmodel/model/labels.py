"""Labels of fields: the titles in JSON Schemas, the labels of the form and the headings of worksheets."""

_PLAIN_NAMES = {
    "id": "Short id",
    "per": "Period",
    "holder": "Title of the function",
    "drag": "What people do by hand",
    "minutes_each": "Minutes for each case",
    "cost_of_error": "What a mistake costs",
    "included": "In scope",
    "excluded": "Out of scope",
    "good": "What good looks like",
    "example": "An example",
    "data_class": "Sensitivity of the data",
    "met_by": "How it is met",
    "on_failure": "When it fails",
    "within": "Time limit",
    "response": "Answers within",
    "min": "Smallest value",
    "max": "Largest value",
    "values": "Every value",
    "on_timeout": "When time runs out",
    "no_limit_reason": "Why there is no limit",
    "fields": "What each record holds",
}
"""Labels of fields whose name alone is not clear."""


def field_label(name: str) -> str:
    """Return the label of the field ``name``."""
    words = _PLAIN_NAMES.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]
