"""All rules, grouped by subject: every rule of a module that is named here runs, in the order of the module."""

from functools import cache
from types import ModuleType

from opmodel.load import front_matter, host_settings
from opmodel.load.records import SCHEMA_RULES
from opmodel.rules import (
    addresses,
    approval,
    assurance,
    candidates,
    faq_and_guide,
    file_names,
    finished_site,
    organisation,
    packets,
    page_links,
    pages,
    pictures,
    readiness,
    references,
    systems,
)
from opmodel.rules.rule import Rule, RuleGroup, RuleScope
from opmodel.source.fault import FAULTS


def _rules_in(*modules: ModuleType) -> tuple[Rule, ...]:
    return tuple(rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule))


RULE_GROUPS = (
    RuleGroup(title="Reading files", meanings=FAULTS),
    RuleGroup(title="Shape of the data", meanings=SCHEMA_RULES),
    RuleGroup(title="References", rules=_rules_in(references)),
    RuleGroup(title="Responsibilities, roles and teams", rules=_rules_in(organisation, assurance)),
    RuleGroup(title="Packets", rules=_rules_in(packets)),
    RuleGroup(title="Systems and models", rules=_rules_in(systems)),
    RuleGroup(title="Candidates", rules=_rules_in(candidates)),
    RuleGroup(title="Approval model", rules=_rules_in(approval)),
    RuleGroup(title="Readiness and sign-offs", rules=_rules_in(readiness)),
    RuleGroup(title="FAQ and guide", rules=_rules_in(faq_and_guide)),
    RuleGroup(
        title="Pages",
        rules=_rules_in(pages, page_links, pictures),
        meanings={**front_matter.MEANINGS, **host_settings.MEANINGS, **finished_site.MEANINGS},
    ),
    RuleGroup(title="Addresses", rules=_rules_in(addresses, file_names)),
)


@cache
def rules_of(scope: RuleScope) -> tuple[Rule, ...]:
    """Return every rule that looks at one packet, or every rule that looks at the whole site."""
    return tuple(rule for group in RULE_GROUPS for rule in group.rules if rule.scope is scope)


def history_rule_ids() -> tuple[str, ...]:
    """Return the ids of the rules that need the history of version control."""
    return tuple(name for rule in rules_of(RuleScope.SITE) if rule.needs_history for name in rule.meanings)


def rules() -> dict[str, str]:
    """Return id and meaning of every rule, in the order of the groups."""
    return {name: text for group in RULE_GROUPS for name, text in group.published.items()}
