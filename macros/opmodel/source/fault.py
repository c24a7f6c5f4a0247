"""Faults of a file as YAML, found before its records are validated."""

from dataclasses import dataclass

from opmodel.source.tree import Mark


@dataclass(slots=True)
class SourceFault(Exception):
    """A violation of one of the `FAULTS` rules in a file. Warnings are collected and never raised."""

    rule: str
    message: str
    mark: Mark
    warning: bool = False
    """Whether the file can still be read."""


FAULTS = {
    "file-missing": "A file that every site needs is not there. Add it; the reference lists what each file holds.",
    "file-unreadable": "A file or folder of data/ or docs/ cannot be opened, is a pipe or device, has a name that is "
    "not UTF-8, or is a link that leads out of the site's folder. In docs/, no link to a folder is followed.",
    "file-stray": "A file or folder in data/ that nothing reads, mostly for its name. Nothing is passed over silently.",
    "file-size": "A data file or a page is larger than 1 MiB, or any other file of docs/ larger than 100 MiB. Data is "
    "written and reviewed by people; split it.",
    "file-empty": "A data file holds nothing but white space and comments.",
    "file-encoding": "A data file is not UTF-8 text, or holds control characters that no editor shows.",
    "yaml-syntax": "A file is not valid YAML. The message says what the parser met and where.",
    "yaml-tab": "A tab stands where YAML wants spaces. Editors show both alike, so the message says which line.",
    "yaml-tag": "A value carries a tag such as !!python/object. Data is plain text, numbers, lists and mappings.",
    "yaml-depth": "Values are nested more than 30 levels deep. No record of this model is that deep.",
    "yaml-alias": "Aliases make the file stand for more than 20,000 values, or an anchor contains itself.",
    "yaml-key": "A key is not plain text on one line.",
    "yaml-comment": (
        "A comment such as #finance-ops directly follows an unquoted value, and was probably meant as part of it: YAML "
        "begins a comment at each # after a space. Put the value in quotes, or write a space after the # of a comment."
    ),
    "duplicate-key": "A key stands twice in one mapping. Most parsers keep the last one silently.",
}
"""Id and published meaning of each rule on files."""
