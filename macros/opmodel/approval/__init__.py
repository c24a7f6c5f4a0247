"""Approval models as decision tables: read, proven, decided, said and exported. Pure functions of a model; no files.

- `check_form(approval)` returns the faults that need no proof.
- `compile_table(approval)` returns a `Table` or raises `TableError` with the faults of its conditions.
- `prove(table)` returns a `Proof`: gaps, overlaps and unreachable rules, each with a concrete case.
- `decide(table, given)` returns the `Decision` of one case; `parse_given(table, words)` reads ``amount=4999``.
- `run_examples(table)` returns the faults of the examples.
- `sentences(table)` returns one plain sentence for each rule.
- `to_dmn(table, name=, id=)` returns DMN 1.3 XML; `export(table)` returns data for JSON.
- `check(approval)` does all the checking at once.
"""

from opmodel.approval.check import check
from opmodel.approval.decide import Decision, SignOff, Undecided, decide
from opmodel.approval.dmn import to_dmn
from opmodel.approval.examples import decided_by, run_examples
from opmodel.approval.export import export
from opmodel.approval.faults import Fault, TableError
from opmodel.approval.findings import Finding, Gap, Overlap, TooComplex, Unreachable
from opmodel.approval.form import check_form
from opmodel.approval.given import GivenError, asks_for, parse_given, read_given
from opmodel.approval.proof import Proof, prove
from opmodel.approval.sentences import sentences
from opmodel.approval.table import Row, Table, compile_table

__all__ = [
    "Decision",
    "Fault",
    "Finding",
    "Gap",
    "GivenError",
    "Overlap",
    "Proof",
    "Row",
    "SignOff",
    "Table",
    "TableError",
    "TooComplex",
    "Undecided",
    "Unreachable",
    "asks_for",
    "check",
    "check_form",
    "compile_table",
    "decide",
    "decided_by",
    "export",
    "parse_given",
    "prove",
    "read_given",
    "run_examples",
    "sentences",
    "to_dmn",
]
