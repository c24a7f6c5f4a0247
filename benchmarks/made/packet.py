"""One generated packet: every section filled, with an approval table that is complete and free of overlaps."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from made.approval import approval
from made.layout import Flow
from made.plan import Plan
from made.teams import Organisation, assignment, slug

Entry = dict[str, Any]
PASSED = ("live", "approved", "paused", "retired")
"""Statuses whose failure cases have all been tested."""


def packet(words: Entry, organisation: Organisation, plan: Plan, today: date, seed: int) -> Entry:
    """Return the packet of a plan, as its file holds it; the same plan, day and seed give the same packet."""
    rng = Random(f"{seed}/{plan.id}")  # noqa: S311 chance that repeats
    domain = words["domains"][plan.branch.domain]
    system, second = rng.sample(domain["systems"].split(", "), 2)
    article = "an" if plan.thing[0] in "aeiou" else "a"
    blanks = {
        "thing": plan.thing,
        "a_thing": f"{article} {plan.thing}",
        "A_thing": f"{article.capitalize()} {plan.thing}",
        "done": plan.job["done"],
        "place": plan.branch.place,
        "system": system,
        "number": f"2026-{rng.randint(100_000, 999_999)}",
        "entry": str(rng.randint(10**8, 10**9)),
    }
    account = f"svc-{slug(plan.job['name'])}-{rng.randint(100, 999)}"
    team = {name: rng.choice(ids) for name, ids in sorted(organisation.it.items())}
    draft = _Draft(words, rng, plan, blanks, team, today, today - timedelta(days=rng.randint(30, 200)))
    return {
        "title": plan.title,
        "summary": f"{plan.job['verb'].capitalize()} each {plan.thing} of {plan.branch.place} in the {system}, or puts "
        "it before the person who decides.",
        "status": plan.status,
        "revised": draft.revised,
        **({"supersedes": plan.supersedes} if plan.supersedes else {}),
        "tags": [slug(domain["name"]), slug(plan.job["name"]), slug(plan.branch.place)],
        "owners": draft.owners(domain["name"], domain["desk"]),
        "business": draft.business(system),
        "it": draft.it(system, second, account),
        "shared": draft.shared(domain),
    }


@dataclass(frozen=True)
class _Draft:
    words: Entry
    rng: Random
    plan: Plan
    blanks: dict[str, str]
    team: dict[str, str]
    """Id of the IT team for each kind of IT team."""
    today: date
    revised: date

    def say(self, text: str) -> str:
        """Return a text with its blanks filled in."""
        return text.format(**self.blanks)

    def one(self, kind: str) -> str:
        return self.say(self.rng.choice(self.words[kind]))

    def some(self, kind: str, low: int, high: int) -> list[Any]:
        """Return ``low`` to ``high`` of the texts or rows of a kind, with their blanks filled in."""
        chosen = self.rng.sample(self.words[kind], self.rng.randint(low, high))
        return [
            {key: self.say(text) for key, text in each.items()} if isinstance(each, dict) else self.say(each)
            for each in chosen
        ]

    def owners(self, department: str, desk: str) -> Entry:
        business, place = self.plan.branch.team, self.plan.branch.place
        platform = self.team["Automation Platform"]

        def holder(team: str, title: str) -> Flow:
            return Flow(team=team, holder=title)

        return {
            "value": {"role": "workflow-owner", "team": business, "holder": f"Head of {department} {place}"},
            "safety": {"role": "platform-owner", "team": platform, "holder": "Automation Platform Owner"},
            "others": {
                "operations": holder(business, f"{department} Supervisor"),
                "process-expert": holder(business, f"Senior {desk}"),
                "risk-owner": holder(business, f"{department} Controller"),
                "integration": holder(self.team["Enterprise Applications"], "Integration Lead"),
                "security": holder(self.team["Security Office"], "Application Security Lead"),
                "support": holder(self.team["Service Desk"], "Service Desk Manager"),
                "audit": holder(self.team["Technology Audit"], f"Technology Audit Manager, {department}"),
            },
        }

    def business(self, system: str) -> Entry:
        cases = self.rng.choice((40, 90, 150, 320, 700, 1200, 2600, 6200))
        minutes = self.rng.choice((3, 4.5, 6, 7.5, 12, 20, 35))
        inputs = [{"id": f"in-{n}", **row, "source": system} for n, row in enumerate(self.some("inputs", 2, 3), 1)]
        return {
            "pain": {
                "drag": self.one("drag"),
                "volume": Flow(cases=cases, per=self.rng.choice(("P1M", "P1W")), minutes_each=minutes),
                "cost_of_error": self.one("errors"),
            },
            "scope": {"in": self.some("within_scope", 1, 3), "out": self.some("without_scope", 1, 2)},
            "trigger": {"event": self.one("events"), "source": system},
            "inputs": [Flow(row) for row in inputs],
            "output": {"good": self.one("good"), "example": self.one("examples")},
            "outcomes": [{"id": f"measure-{n}", **row} for n, row in enumerate(self.some("outcomes", 1, 1), 1)],
        }

    def it(self, system: str, second: str, account: str) -> Entry:
        owners = (self.team["Enterprise Applications"], self.team["Automation Platform"])
        contracts = [
            {"id": f"contract-{n}", "owner": self.rng.choice(owners), "version": f"{self.rng.randint(1, 9)}.0", **row}
            for n, row in enumerate(self.some("contracts", 1, 1), 1)
        ]
        access = [self.access("main", system, ["read", self.rng.choice(("create", "update"))], account)]
        if self.rng.random() < 0.5:
            access.append(self.access("look-up", second, ["read"], account))
        return {
            "access": access,
            "forbidden": [{"id": f"FB-0{n}", **row} for n, row in enumerate(self.some("forbidden", 1, 2), 1)],
            "contracts": contracts,
            "policies": [{"id": f"PO-0{n}", **row} for n, row in enumerate(self.some("policies", 1, 1), 1)],
            "support": {
                "channel": f"Chat channel #help-{slug(self.plan.job['name'])}",
                "runbook": f"https://runbooks.example.com/{self.plan.id}",
                "tiers": [
                    self.tier("T1", "Follows the runbook", "Service Desk", "PT30M"),
                    self.tier("T2", "Mends the agent", "Automation Platform", "PT4H"),
                ],
                "stop": {
                    "how": f"Open the agent console, choose {self.plan.id} and press Stop. If the console does not "
                    f"answer, lock the account {account}.",
                    "who": ["support", "platform-owner", "operations"],
                    "within": self.rng.choice(("PT2M", "PT5M", "PT15M")),
                },
            },
        }

    def access(self, name: str, system: str, operations: list[str], account: str) -> Entry:
        return {
            "id": name,
            "system": system,
            "operations": operations,
            "scope": self.say("Cases of {place} that concern {a_thing}"),
            "data_class": self.rng.choice(("internal", "confidential", "personal")),
            "identity": f"Service account {account}",
            "justification": self.say("{A_thing} is {done} here and nowhere else.")
            if name == "main"
            else self.say("Each {thing} is compared with what stands here."),
        }

    def tier(self, name: str, does: str, kind: str, response: str) -> Flow:
        return Flow(
            id=name, name=does, team=self.team[kind], hours="Monday to Friday 07:00 to 19:00", response=response
        )

    def shared(self, domain: Entry) -> Entry:
        business = self.plan.branch.team
        cases = enumerate(self.some("exceptions", 1, 2), 1)
        exceptions = [
            {"id": f"EX-0{n}", "case": text, "route": assignment("operations", business), "within": f"P{n}D"}
            for n, text in cases
        ]
        table = approval(self.rng, self.words, domain, self.plan, [row["id"] for row in exceptions])
        named = {rule.get("exception") for rule in table["rules"]}
        return {
            "approval": table,
            "exceptions": {
                "queue": f"Ticketing system, queue {domain['name']} {self.plan.branch.place}",
                "owner": assignment("operations", business),
                "states": ["new", "assigned", "settled", "rejected"],
                "cases": [row for row in exceptions if row["id"] in named],
            },
            "failure_cases": [self.failure(n, row) for n, row in enumerate(self.some("failures", 1, 1), 1)],
            "audit": {
                "records": [{"id": f"AU-0{n}", **row} for n, row in enumerate(self.some("records", 1, 1), 1)],
                "retention": self.rng.choice(("P1Y", "P3Y", "P7Y", "P10Y")),
                "readers": ["audit", "risk-owner", "security"],
            },
            "review": self.review(),
        }

    def failure(self, number: int, row: Entry) -> Entry:
        tested = self.plan.status in PASSED
        return {
            "id": f"FC-0{number}",
            **row,
            "owner": assignment("security", self.team["Security Office"]),
            "result": "passed" if tested else "not-run",
            **(
                {
                    "evidence": f"https://evidence.example.com/{self.plan.id}/fc-0{number}",
                    "date": self.revised + timedelta(days=self.rng.randint(1, 20)),
                }
                if tested
                else {}
            ),
        }

    def review(self) -> Flow:
        last = self.today - timedelta(days=self.rng.randint(5, 60))
        return Flow(last=last, next=last + timedelta(days=90))
