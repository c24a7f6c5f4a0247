"""Every rule, by subject. A rule that is not listed here does not run."""

from opmodel.load.schema import SCHEMA_RULES
from opmodel.rules import (
    approval,
    candidates,
    history,
    links,
    names,
    organisation,
    ownership,
    packets,
    pages,
    readiness,
    references,
    words,
)
from opmodel.rules.rule import Check, Subject
from opmodel.source.fault import FAULTS

SUBJECTS = (
    Subject(title="Reading files", meanings=FAULTS),
    Subject(title="Shape of the data", meanings=SCHEMA_RULES),
    Subject(title="References", meanings=references.MEANINGS, finder=references.unknown_references),
    Subject(
        title="Responsibilities, roles and teams",
        checks=(
            organisation.raci_accountable,
            organisation.raci_responsible,
            organisation.raci_mostly_shared,
            organisation.side_missing,
            organisation.team_escalation,
        ),
    ),
    Subject(
        title="Packets",
        checks=(
            packets.owner_side,
            packets.team_side,
            packets.role_held,
            packets.duplicate_id,
            packets.evidence_missing,
            packets.evidence_stale,
            packets.date_future,
            packets.review_order,
            packets.review_overdue,
            packets.supersedes_status,
        ),
    ),
    Subject(
        title="Candidates",
        checks=(
            candidates.candidate_twice,
            candidates.candidate_side,
            candidates.candidate_counted,
            candidates.candidate_conditions,
            candidates.candidate_ruled_out,
        ),
    ),
    Subject(title="Approval model", meanings=approval.MEANINGS, finder=approval.approval_findings),
    Subject(
        title="Readiness and sign-offs",
        checks=(
            readiness.gate_open,
            readiness.signoff_stray,
            readiness.signoff_role,
            readiness.signoff_order,
            readiness.signoff_altered,
            history.history_missing,
            readiness.revised_forgotten,
            ownership.codeowners_stale,
        ),
    ),
    Subject(
        title="FAQ and guide",
        checks=(
            words.answer_length,
            words.answer_html,
            words.answer_link,
            words.related_itself,
            words.guide_front_matter,
            words.guide_anchor,
            words.former_id,
        ),
    ),
    Subject(title="Pages", checks=(pages.page_macro,)),
    Subject(
        title="Addresses",
        meanings=links.MEANINGS,
        finder=links.permanent_links,
        checks=(links.same_description, names.file_name),
    ),
)


SINGLE: tuple[Check, ...] = (
    references.unknown_references,
    packets.owner_side,
    packets.team_side,
    packets.role_held,
    packets.duplicate_id,
    packets.evidence_missing,
    packets.evidence_stale,
    packets.date_future,
    packets.review_order,
    packets.review_overdue,
    approval.approval_findings,
    readiness.gate_open,
    readiness.signoff_stray,
    readiness.signoff_role,
    readiness.signoff_order,
    readiness.revised_forgotten,
)
"""What judges each packet by itself, so that a packet that did not change need not be judged again."""


HISTORICAL: tuple[Check, ...] = (readiness.signoff_altered,)
"""What compares with the history of version control, and can find nothing where there is none."""


def whole_site() -> list[Check]:
    """Return what judges the site as a whole: every rule but those on a packet by itself.

    References are looked up in both: in each packet, and in the files of the whole site.
    """
    finders = [subject.finder for subject in SUBJECTS if subject.finder]
    every = finders + [check for subject in SUBJECTS for check in subject.checks]
    return [check for check in every if check not in SINGLE or check is references.unknown_references]


def rules() -> dict[str, str]:
    """Return id and meaning of every rule, in the order of the catalogue."""
    return {name: text for subject in SUBJECTS for name, text in subject.rules.items()}
