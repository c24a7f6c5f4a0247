"""Every allowed word, once. Errors, pages and JSON Schemas are made from these lists."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self

if TYPE_CHECKING:  # the command line offers these words before it knows whether any record will be read
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Vocabulary(StrEnum):
    """A closed list of words; each carries the label that pages show and what it means."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str = "", meaning: str = "") -> Self:
        """Make a word of the list from its value, label and meaning."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        word.meaning = meaning
        return word

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Read a word from plain text even in strict records: text is the only form that data has."""
        from pydantic_core import core_schema

        return core_schema.enum_schema(cls, list(cls), sub_type="str", strict=False)


class Side(Vocabulary):
    """Who a role or team belongs to."""

    BUSINESS = "business", "Business", "Owns the job: what the workflow does and what good looks like."
    IT = "it", "IT", "Owns the platform constraints: access, policy, support, integration boundaries."
    ASSURANCE = "assurance", "Assurance", "Independent, such as audit and compliance: consulted and informed only."


SIGNING_SIDES = (Side.BUSINESS, Side.IT)
"""The two sides that own and sign packets. A model has both; the third, assurance, is optional."""


class _SigningSides:
    """Limits a field to the sides that sign."""

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic_core import core_schema

        sides = core_schema.enum_schema(Side, list(SIGNING_SIDES), sub_type="str", strict=False)
        return core_schema.no_info_after_validator_function(_signing_side, sides)


def _signing_side(side: Side) -> Side:
    """Refuse the side that does not sign; an enumeration makes each of its words from text, listed or not."""
    from pydantic_core import PydanticCustomError

    if side not in SIGNING_SIDES:
        raise PydanticCustomError("enum", "expected a side that signs", {"expected": ", ".join(SIGNING_SIDES)})
    return side


SigningSide = Annotated[Side, _SigningSides()]
"""A side that owns and signs packets."""


class Layer(Vocabulary):
    """Which part of the operating model something belongs to."""

    BUSINESS = "business", "Business", "The job: definition, thresholds, outcomes. One accountable business role."
    IT = "it", "IT", "The platform: access, policy, support, contracts. One accountable IT role."
    SHARED = "shared", "Shared", "The control model: approval, audit, launch readiness. One accountable role a side."


class Phase(Vocabulary):
    """When in the life of a workflow a responsibility applies."""

    CHOOSE = "choose", "Choose", "Pick the workflow and make it narrow."
    DEFINE = "define", "Define", "Write the packet together."
    BUILD = "build", "Build", "Connect, configure and test."
    LAUNCH = "launch", "Launch", "Prove readiness and sign."
    RUN = "run", "Run", "Operate, support and review."
    CHANGE = "change", "Change", "Alter, pause, hand over or retire."


class Raci(Vocabulary):
    """The RACI letters (responsible, accountable, consulted, informed)."""

    R = "R", "Responsible", "Does the work."
    A = "A", "Accountable", "Answers for the result and decides."
    AR = "A/R", "Accountable and responsible", "Answers for the result and does the work."
    C = "C", "Consulted", "Gives an opinion before the decision."
    I = "I", "Informed", "Is told afterwards."  # noqa: E741 the letter is the standard's own

    @property
    def accountable(self) -> bool:
        """Whether this letter makes the role answer for the result."""
        return self in (Raci.A, Raci.AR)

    @property
    def responsible(self) -> bool:
        """Whether this letter makes the role do the work."""
        return self in (Raci.R, Raci.AR)


class Status(Vocabulary):
    """Where a packet stands. ``approved`` and ``live`` require every launch gate to pass."""

    DRAFT = "draft", "Draft", "Being written. The agent does not run."
    IN_REVIEW = "in-review", "In review", "Complete enough to judge. Open gates are shown, the agent does not run."
    APPROVED = "approved", "Approved", "Both sides signed and every gate passes. Ready to start."
    LIVE = "live", "Live", "The agent runs under this packet."
    PAUSED = "paused", "Paused", "The agent was stopped and may return."
    RETIRED = "retired", "Retired", "The agent was stopped for good. The packet is kept for the record."


class DataClass(Vocabulary):
    """How sensitive the data is that a grant opens."""

    PUBLIC = "public", "Public", "Anyone may read it."
    INTERNAL = "internal", "Internal", "Everyone in the organisation may read it."
    CONFIDENTIAL = "confidential", "Confidential", "A named group may read it."
    PERSONAL = "personal", "Personal", "It is about identifiable people."
    RESTRICTED = "restricted", "Restricted", "Disclosure harms people or the organisation: payment, health, secrets."

    @property
    def sensitivity(self) -> int:
        """How sensitive data of this class is, from 0 for public data."""
        return list(DataClass).index(self)


class Operation(Vocabulary):
    """What an agent may do in a system."""

    READ = "read", "Read", "Look at records."
    CREATE = "create", "Create", "Add records."
    UPDATE = "update", "Update", "Change records."
    DELETE = "delete", "Delete", "Remove records."
    SEND = "send", "Send", "Send messages to people or other systems."
    EXECUTE = "execute", "Execute", "Start a process or command."


class SystemKind(Vocabulary):
    """What kind of system agents work in."""

    APPLICATION = "application", "Application", "Business software, such as an ERP or CRM system."
    DATA_STORE = "data-store", "Data store", "Files, tables or documents."
    MESSAGING = "messaging", "Messaging", "Mail, chat or telephony."
    PLATFORM = "platform", "Platform", "What other systems run on, such as identities, gateways or monitoring."
    EXTERNAL = "external", "External service", "Run by another organisation."


class Criticality(Vocabulary):
    """How much depends on a system."""

    LOW = "low", "Low", "Work goes on without it for a week."
    MEDIUM = "medium", "Medium", "Work goes on without it for a day."
    HIGH = "high", "High", "Work stops within hours."
    CRITICAL = "critical", "Critical", "Harm to people or to the organisation begins at once."


class InputUse(Vocabulary):
    """What happens to the inputs of an AI model after its answer."""

    DISCARDED = "discarded", "Discarded", "Neither kept nor trained on."
    KEPT = "kept", "Kept", "Kept for a time, and not trained on."
    TRAINED_ON = "trained-on", "Trained on", "Used to train models."


class Outcome(Vocabulary):
    """What the approval table lets the agent do with a case."""

    ACT = "act", "Act", "The agent acts alone."
    REVIEW = "review", "Act, then review", "The agent acts; a named role checks after, within a time."
    APPROVE = "approve", "Ask first", "A named role approves before the agent acts, within a time."
    REFUSE = "refuse", "Refuse", "The agent may not act; the case goes to the exception queue."


class OnTimeout(Vocabulary):
    """What happens when an approver does not answer in time. Silence never allows."""

    REFUSE = "refuse", "Refuse", "The case goes to the exception queue."
    ESCALATE = "escalate", "Escalate", "The case goes to the party that the approver escalates to."


class Weekday(Vocabulary):
    """A day of the week."""

    MONDAY = "monday", "Monday", "The first day of the week."
    TUESDAY = "tuesday", "Tuesday", "The second day of the week."
    WEDNESDAY = "wednesday", "Wednesday", "The third day of the week."
    THURSDAY = "thursday", "Thursday", "The fourth day of the week."
    FRIDAY = "friday", "Friday", "The fifth day of the week."
    SATURDAY = "saturday", "Saturday", "The sixth day of the week."
    SUNDAY = "sunday", "Sunday", "The seventh day of the week."


class HitPolicy(Vocabulary):
    """How many rules of an approval table may match one case (DMN 1.3, section 8.2.10)."""

    UNIQUE = "unique", "Unique", "Exactly one rule matches each case."
    FIRST = "first", "First", "Rules are read from the top and the first match decides."


class DelegationPolicy(Vocabulary):
    """Who may stand in for a party that names no stand-in."""

    NAMED = "named", "Named", "Only parties that name a stand-in may delegate."
    LEVEL_BELOW = (
        "level-below",
        "Level below",
        "A party that names no stand-in may delegate to the level below: the tier below it, or who escalates to it.",
    )


class TestResult(Vocabulary):
    """How the test of a launch-blocking failure case ended."""

    __test__ = False

    NOT_RUN = "not-run", "Not run", "Nobody has tried it yet."
    PASSED = "passed", "Passed", "The case was caught as described, with evidence."
    FAILED = "failed", "Failed", "The case was not caught."


class FailureKind(Vocabulary):
    """What a failure case is about. The kind says which sections its test covers."""

    INPUT = "input", "Input", "What starts a case is missing, doubled, late, forged, hostile or huge."
    OUTPUT = "output", "Output", "The result is wrong, or reaches the wrong person."
    DECISION = "decision", "Decision", "The agent acts beyond the approval table, or an approver is silent or biased."
    ACCESS = "access", "Access", "The agent reaches or changes what it may not."
    INTERFACE = "interface", "Interface", "A system is down, slow or answers something unexpected."
    STOP = "stop", "Stop", "The agent does not stop in time."
    TRACE = "trace", "Trace", "An action leaves no record."


class Verdict(Vocabulary):
    """What IT says of a candidate: whether it can be supported in operation."""

    YES = "yes", "Yes", "It can be supported as it is."
    CONDITIONS = "with-conditions", "With conditions", "It can be supported once the conditions are met."
    NO = "no", "No", "It cannot be supported for now, however much it hurts."


class Section(Vocabulary):
    """The sections of a packet page, in their fixed order. Each value is the anchor of its section."""

    OWNERS = "owners", "Owners", "Who answers for value, who for safety, and who holds every other role."
    PAIN = "pain", "Pain", "The manual drag that the workflow removes, with volume and frequency."
    SCOPE = "scope", "Scope", "The narrow first cut: what is in and what stays out."
    TRIGGER = "trigger", "Trigger", "What starts a case and who can start one."
    INPUTS = "inputs", "Inputs", "What the agent is given for a case."
    OUTPUT = "output", "Output", "What good looks like, with an example."
    OUTCOMES = "outcomes", "Outcomes", "How the business measures that it works."
    ACCESS = "access", "Access", "What the agent may touch, as whom, and why."
    FORBIDDEN = "forbidden", "Forbidden", "What the agent must never do."
    CONTRACTS = "contracts", "System contracts", "The interfaces it relies on and what happens when one fails."
    POLICIES = "policies", "Policies", "The platform rules that apply and how they are met."
    SUPPORT = "support", "Support", "Who helps, how fast, and how to stop the agent."
    APPROVAL = "approval", "Approval", "When the agent acts alone and when a person decides."
    EXCEPTIONS = "exceptions", "Exception queue", "Where cases go that the agent may not finish."
    FAILURE_CASES = "failure-cases", "Failure cases", "What must be shown not to go wrong before launch."
    AUDIT = "audit", "Audit trail", "What is recorded, where, for how long, and who reads it."
    READINESS = "readiness", "Launch readiness", "The gates, computed from this packet."
    REVIEW = "review", "Review", "When both sides look at this packet again."
    SIGNOFFS = "signoffs", "Sign-offs", "Who signed what, and whether it still holds."


VOCABULARIES: dict[str, type[Vocabulary]] = {
    "side": Side,
    "layer": Layer,
    "phase": Phase,
    "raci": Raci,
    "status": Status,
    "data_class": DataClass,
    "operation": Operation,
    "system_kind": SystemKind,
    "criticality": Criticality,
    "input_use": InputUse,
    "outcome": Outcome,
    "on_timeout": OnTimeout,
    "hit_policy": HitPolicy,
    "delegation": DelegationPolicy,
    "test_result": TestResult,
    "failure_kind": FailureKind,
    "section": Section,
    "verdict": Verdict,
}
"""The closed lists that a page can show, by name."""
