"""All rules, grouped by subject. A rule that is not listed here does not run."""

from opmodel.load.schema import SCHEMA_RULES
from opmodel.rules import (
    approval,
    candidates,
    codeowners,
    faq_and_guide,
    file_names,
    history,
    links,
    organisation,
    packets,
    page_macros,
    readiness,
    references,
)
from opmodel.rules.rule import Rule, RuleGroup, Scope
from opmodel.source.fault import FAULTS

RULE_GROUPS = (
    RuleGroup(title="Reading files", meanings=FAULTS),
    RuleGroup(title="Shape of the data", meanings=SCHEMA_RULES),
    RuleGroup(title="References", rules=(references.unknown_references, references.unknown_site_references)),
    RuleGroup(
        title="Responsibilities, roles and teams",
        rules=(
            organisation.raci_accountable,
            organisation.raci_responsible,
            organisation.raci_mostly_shared,
            organisation.side_missing,
            organisation.team_escalation,
        ),
    ),
    RuleGroup(
        title="Packets",
        rules=(
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
    RuleGroup(
        title="Candidates",
        rules=(
            candidates.candidate_twice,
            candidates.candidate_side,
            candidates.candidate_counted,
            candidates.candidate_conditions,
            candidates.candidate_ruled_out,
        ),
    ),
    RuleGroup(title="Approval model", rules=(approval.approval_findings,)),
    RuleGroup(
        title="Readiness and sign-offs",
        rules=(
            readiness.gate_open,
            readiness.signoff_stray,
            readiness.signoff_role,
            readiness.signoff_order,
            readiness.signoff_altered,
            history.history_missing,
            readiness.revised_forgotten,
            codeowners.codeowners_stale,
        ),
    ),
    RuleGroup(
        title="FAQ and guide",
        rules=(
            faq_and_guide.answer_length,
            faq_and_guide.answer_html,
            faq_and_guide.answer_link,
            faq_and_guide.related_itself,
            faq_and_guide.guide_front_matter,
            faq_and_guide.guide_anchor,
            faq_and_guide.former_id,
        ),
    ),
    RuleGroup(title="Pages", rules=(page_macros.page_macro, page_macros.page_anchor, page_macros.page_address)),
    RuleGroup(
        title="Addresses",
        rules=(links.permanent_links, links.same_description, links.redirect_source, file_names.file_name),
    ),
)


def rules_of(scope: Scope) -> list[Rule]:
    """Return every rule that looks at one packet, or at the whole site."""
    return [rule for group in RULE_GROUPS for rule in group.rules if rule.scope is scope]


def historical_rules() -> tuple[str, ...]:
    """Return the ids of the rules that need the history of version control."""
    return tuple(name for rule in rules_of(Scope.SITE) if rule.needs_history for name in rule.meanings)


def rules() -> dict[str, str]:
    """Return id and meaning of every rule, in the order of the groups."""
    return {name: text for group in RULE_GROUPS for name, text in group.published.items()}
