"""Import of a decision table of another program as an approval section, with a list of what has no counterpart."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from opmodel.approval.conditions import Equal
from opmodel.approval.faults import ApprovalFault, TableError
from opmodel.approval.findings import ProofFinding
from opmodel.approval.proof import prove
from opmodel.approval.table import compile_table
from opmodel.model.approval import Approval
from opmodel.model.values import MAX_LINE
from opmodel.model.vocabulary import HitPolicy
from opmodel.text.nearest import did_you_mean
from opmodel.text.words import counted, listed
from opmodel.worksheets.approval_names import SectionParties
from opmodel.worksheets.decision_columns import read_columns
from opmodel.worksheets.decision_exported import exported_section
from opmodel.worksheets.decision_outcomes import UNDECIDED, OutputReader, ReadResult
from opmodel.worksheets.decision_source import SourceRule, SourceTable, SourceText
from opmodel.worksheets.feel_tests import NoCounterpart, read_condition
from opmodel.worksheets.grid import Unplaced, UnreadableSpreadsheet
from opmodel.worksheets.imported_approval import ImportedApproval, section_errors

KEPT = "the condition stays as it is, and the check refuses it"
_POLICIES = {
    "UNIQUE": ("unique", "", True),
    "FIRST": ("first", "", True),
    "ANY": (
        "first",
        "rules that match the same case give the same result, so the first of them decides as well",
        True,
    ),
    "PRIORITY": ("first", "rules are put in the order of their results, and the first that matches decides", True),
}
"""By hit policy: the one of an approval table, what is said of it, and whether it needs nobody."""
_COLLECTS = "gives the results of all rules that match, and an approval table that of one; read as unique"


def import_decision(tables: Sequence[SourceTable], wanted: str | None, former: Approval | None) -> ImportedApproval:
    """Return one of ``tables`` as an approval section. Raises `UnreadableSpreadsheet` if it is not clear which.

    Args:
        tables: The tables of a file.
        wanted: The name of the table.
        former: The section that the new one replaces.
    """
    table = _chosen(tables, wanted)
    result = ImportedApproval()
    result.found.append(
        f"{_where(table)}: {counted(len(table.rules), 'rule')}, {counted(len(table.inputs), 'input')}, "
        f"{counted(len(table.outputs), 'output')}, hit policy {table.policy}"
    )
    result.report += table.report
    if not table.rules:
        result.report.append(_finding(table, "", "the table has no rules"))
        return result
    if table.exported:
        result.data = exported_section(table, result.report)
    if not result.data:
        result.data = _TableImport(table, former, result).data()
    _prove(table, result)
    return result


def _chosen(tables: Sequence[SourceTable], wanted: str | None) -> SourceTable:
    names = [table.name or table.sheet for table in tables]
    if wanted is not None:
        chosen = [table for table, name in zip(tables, names, strict=True) if name == wanted]
        if not chosen:
            near = did_you_mean(wanted, names) or f"; expected one of {', '.join(names)}"
            raise UnreadableSpreadsheet(f"there is no decision table “{wanted}”{near}")
        return chosen[0]
    if len(tables) > 1:
        raise UnreadableSpreadsheet(f"there are several decision tables; say which with --table: {', '.join(names)}")
    return tables[0]


def _where(table: SourceTable) -> str:
    return f"{table.sheet}, table “{table.name}”" if table.name else table.sheet


def _finding(table: SourceTable, place: str, why: str, value: str = "", *, recognised: bool = False) -> Unplaced:
    return Unplaced(sheet=table.sheet, cell=place, value=value, why=why, recognised=recognised)


class _TableImport:
    """Makes the section of one table."""

    def __init__(self, table: SourceTable, former: Approval | None, result: ImportedApproval) -> None:
        self.table, self.result = table, result
        self.outputs = OutputReader(table)
        self.rules = self.ordered()
        self.results = [self.outputs.read(rule) for rule in self.rules]
        self.parties = SectionParties(former, {each.approver for each in self.results if each.approver})
        self.columns = read_columns(table.inputs, [rule.conditions for rule in self.rules])

    def tell(self, place: str, why: str, value: str = "", *, recognised: bool = False) -> None:
        self.result.report.append(_finding(self.table, place, why, value, recognised=recognised))

    def data(self) -> dict[str, Any]:
        """Return the section as plain data."""
        for column in self.columns:
            for why, recognised in column.notes:
                where = column.source.expression.place
                self.tell(where, f"input {column.data['id']}: {why}", column.source.label, recognised=recognised)
        rules = [self.rule(*each) for each in enumerate(zip(self.rules, self.results, strict=True))]
        self.parties.drop_links()
        self.tell_outputs()
        policy, why, recognised = _POLICIES.get(self.table.policy, ("unique", _COLLECTS, False))
        if why:
            self.tell("", f"hit policy {self.table.policy}: {why}", recognised=recognised)
        return {
            "started_by": self.parties.starter,
            "parties": self.parties.records,
            "inputs": [column.data for column in self.columns],
            "hit_policy": policy,
            "rules": rules,
        }

    def ordered(self) -> list[SourceRule]:
        """Return the rules, for the hit policy PRIORITY in the order of their results as the outputs list them."""
        if self.table.policy != "PRIORITY":
            return list(self.table.rules)
        orders = [_order(column.allowed) for column in self.table.outputs]
        if not all(orders):
            self.tell("", "hit policy PRIORITY: the outputs do not list their values, so no order is known")
        return sorted(
            self.table.rules,
            key=lambda rule: [
                order.get(" ".join(result.text.split()), len(order))
                for order, result in zip(orders, rule.results, strict=True)
            ],
        )

    def rule(self, number: int, read: tuple[SourceRule, ReadResult]) -> dict[str, Any]:
        rule, found = read
        for result, why, recognised in found.notes:
            self.tell(result.place, why, result.text, recognised=recognised)
        when = {}
        for column in self.columns:
            if reason := column.reasons[number]:
                text = column.texts[number]
                self.tell(text.place, f"{reason}; {KEPT}", text.text)
            if condition := column.when(number):
                when[column.data["id"]] = condition
        approved = {"approved_by": [{"any": [self.parties.of(found.approver)]}]} if found.approver else {}
        within = {"within": found.within} if found.within and found.outcome in ("approve", "review") else {}
        reason = " ".join(found.reason.split())
        if len(reason) > MAX_LINE:
            self.tell(rule.place, f"the reason is cut after {MAX_LINE} characters", reason)
        return {
            "id": found.id,
            "when": when,
            "outcome": found.outcome,
            **approved,
            **within,
            "reason": reason[:MAX_LINE],
        }

    def tell_outputs(self) -> None:
        """Report the outputs that have no counterpart, and the rules without an outcome."""
        for column in self.outputs.without_counterpart:
            why = "an approval table has no such output; its values stand in the reasons"
            self.tell(column.expression.place, why, column.label or column.expression.text)
        open_ones = [found.id for found in self.results if found.outcome == UNDECIDED]
        if open_ones:
            verb = "does" if len(open_ones) == 1 else "do"
            which = "no rule says" if len(open_ones) == len(self.results) else f"{_some(open_ones)} {verb} not say"
            why = f"{which} what the agent may do: written as {UNDECIDED}, which the check refuses until you choose"
            self.tell("", why)


def _order(allowed: SourceText) -> dict[str, int]:
    """Return the places of the values that an output lists; empty where it lists none."""
    try:
        tests = read_condition(allowed).tests if allowed.text else ()
    except NoCounterpart:
        return {}
    texts = [part.strip() for part in allowed.text.split(",")]
    return {text: at for at, text in enumerate(texts)} if all(isinstance(test, Equal) for test in tests) else {}


def _some(ids: Sequence[str]) -> str:
    """Return ids in a sentence, the first few of many."""
    return listed(ids) if len(ids) <= 5 else f"{', '.join(ids[:4])} and {len(ids) - 4} more"


def _prove(table: SourceTable, result: ImportedApproval) -> None:
    """Add the section as a record, and what its proof finds."""
    decided = {**result.data, "rules": list(_decided(result.data["rules"]))}
    try:
        approval = Approval.model_validate(decided, strict=False)
        proof = prove(compile_table(approval))
    except ValidationError as invalid:
        result.report += [_finding(table, "", why) for why in section_errors(invalid)]
    except TableError as error:
        result.approval = approval if decided["rules"] == result.data["rules"] else None
        faults = dict.fromkeys(fault.message for fault in error.faults if not _is_known(fault, result))
        result.report += [_finding(table, "", f"not proven: {message}") for message in faults]
    else:
        result.approval = approval if decided["rules"] == result.data["rules"] else None
        result.proven = True
        findings = [*proof.findings, *_unequal(table, approval, result)]
        result.findings = [finding.fault.message for finding in findings]


def _unequal(table: SourceTable, approval: Approval, result: ImportedApproval) -> Iterator[ProofFinding]:
    """Yield the overlaps of rules with different results, which the hit policy ANY does not allow."""
    if table.policy != "ANY" or result.data["hit_policy"] == "unique":
        return
    results = {rule.id: [text.text for text in rule.results] for rule in table.rules}
    unique = approval.model_copy(update={"hit_policy": HitPolicy.UNIQUE})
    for finding in prove(compile_table(unique)).findings:
        overlapping = [results.get(row.id.removeprefix("row-"), [row.id]) for row in finding.rows]
        if finding.fault.rule == "approval-overlap" and any(each != overlapping[0] for each in overlapping):
            yield finding


def _is_known(fault: ApprovalFault, result: ImportedApproval) -> bool:
    """Whether a fault is that of a condition without a counterpart, which is reported with its place."""
    _, rule, _, name = (*fault.path, "", "", "")[:4]
    text = result.data["rules"][rule]["when"].get(name) if isinstance(rule, int) else None
    return text is not None and any(KEPT in each.why and " ".join(each.value.split()) == text for each in result.report)


def _decided(rules: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rules with an outcome for those without one, so that their conditions can be proven."""
    for rule in rules:
        yield {**rule, "outcome": "act"} if rule["outcome"] == UNDECIDED else rule
