"""Everything that can be said against an approval model, at once."""

from opmodel.approval.examples import run_examples
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.form import check_form
from opmodel.approval.proof import prove
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval


def check(approval: Approval) -> tuple[ApprovalFault, ...]:
    """Return every fault of ``approval``: of form, then of its conditions or else of its proof and examples."""
    form = check_form(approval)
    try:
        table = compile_table(approval)
    except TableError as error:
        return tuple(dict.fromkeys((*form, *error.faults)))
    return (*form, *(finding.fault for finding in prove(table).findings), *run_examples(table))
