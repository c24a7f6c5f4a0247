"""Approval models as decision tables: read, proven, decided, put into words and exported. Pure functions, no files.

- `check_form(approval)` returns the faults that need no proof.
- `compile_table(approval)` returns a `DecisionTable` or raises `TableError` with the faults of its conditions.
- `prove(table)` returns a `Proof`: gaps, overlaps and unreachable rules, each with a concrete case.
- `decide(table, given)` returns the `Decision` of one case; `parse_case(table, words)` reads ``amount=4999``.
- `run_examples(table)` returns the faults of the examples.
- `sentences(table)` returns one plain sentence for each rule.
- `to_dmn(table, name=, id=)` returns DMN 1.3 XML; `export(table)` returns data for JSON.
- `check(approval)` does all the checking at once.
"""

from opmodel.approval.case_input import CaseInputError, input_prompt, parse_case
from opmodel.approval.check import check, check_form
from opmodel.approval.decide import ApprovalStep, Decision, UndecidedError, decide, run_examples
from opmodel.approval.dmn import to_dmn
from opmodel.approval.export import export
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.findings import Gap, Overlap, TooComplex, Unreachable
from opmodel.approval.proof import Proof, prove
from opmodel.approval.sentences import sentences
from opmodel.approval.table import DecisionTable, compile_table

__all__ = [
    "ApprovalFault",
    "ApprovalStep",
    "CaseInputError",
    "Decision",
    "DecisionTable",
    "Gap",
    "Overlap",
    "Proof",
    "TableError",
    "TooComplex",
    "UndecidedError",
    "Unreachable",
    "check",
    "check_form",
    "compile_table",
    "decide",
    "export",
    "input_prompt",
    "parse_case",
    "prove",
    "run_examples",
    "sentences",
    "to_dmn",
]
