"""The form and the check agree on gates: 200 packets, changed at random, in the form as it is sent, against Python."""

import copy
import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from opmodel.adapter.theme_files import joined_script
from opmodel.load.document import Document, Entry
from opmodel.model.packet import Packet
from opmodel.readiness.evidence import stale_evidence
from opmodel.readiness.gates import GATES, Gate, GateContext
from opmodel.rules.check import check
from opmodel.scaffold.packet import sample_packet
from opmodel.views.packet_form import packet_form
from opmodel.worksheets.yaml_writer import plain_data
from sites import TODAY, check_shipped, with_assurance
from theme.drafts import PACKETS, kept

pytestmark = pytest.mark.browser
Data = dict[str, Any]
Change = Callable[[Data, random.Random], None]

SEED, COUNT = 20261122, 200
CHECKED = check_shipped()
MODEL = CHECKED.model
TEAMS = [*MODEL.teams, "no-such-team", "constructor", "__proto__"]
ROLES = [*MODEL.roles, "no-such-role", "constructor", "__proto__"]
TIMES = ["P0D", "PT0S", "PT5M", "PT1H", "PT61M", "P1D", "P1Y", "one day"]
NUMBERS: list[Any] = [0, 1, 120, -1, "many"]
TEXTS = [
    *("TBD", "tbc.", "xxxx", "???", "To be defined", "A mail, to be confirmed", "to be decided by the lead"),
    *(
        "ätbd",
        "tbdé",
        "F\u0131ll in",
        "to\u0085be written",
        "What? Never.",
        "a tbd_b",
        "🙂" * 399,
        "🙂" * 401,
        "one\ntwo",
        "",
    ),
]
DAYS = [date(2026, 11, 22), date(2026, 11, 23), date(2026, 1, 1), "2026-02-30"]

SHOW = """([given, draft]) => {
  localStorage.setItem('opmodel-packet-draft', draft);
  const place = document.createElement('div');
  const source = document.createElement('script');
  source.type = 'application/json';
  source.textContent = given;
  place.append(source);
  document.body.replaceChildren(place);
  writePage(place);
  return Array.from(place.querySelectorAll('.om-gates > li'), item => [
    item.querySelector('strong').textContent, item.querySelector('.om-badge').textContent,
  ]);
}"""

JUDGE = """([text, drafts]) => {
  const given = JSON.parse(text);
  const {sideOf} = writeSchema({given, now: {}, watchers: [], changed() {}});
  const exact = (_, value) => value && typeof value.exact === 'string' ? new Exact(value.exact) : value;
  return drafts.map(draft => {
    const {data} = JSON.parse(draft, exact);
    return Array.from(writeGates(given, sideOf), ([id, gate]) => [id, gate(data, []).length === 0]);
  });
}"""


@cache
def given() -> str:
    """Return what the page gives the form."""
    return str(packet_form(CHECKED, sample_packet(MODEL, TODAY)).json)


@pytest.fixture
def blank(new_tab: Callable[[], Page]) -> Iterator[Page]:
    """An empty page that has the form's script, and reports no error of its own."""
    page = new_tab()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><title>Form</title>"))
    page.goto("http://form.example/")
    page.add_script_tag(content=joined_script("write.js"))
    yield page
    assert errors == []


def put(path: str, values: list[Any]) -> Change:
    """Return a change that gives a value at random to the field at ``path``; None takes the field away."""
    *above, last = path.split("/")

    def change(data: Data, chance: random.Random) -> None:
        for step in above:
            data = data[step]
        value = copy.deepcopy(chance.choice(values))
        data.pop(last, None)
        if value is not None:
            data[last] = value

    return change


def each(path: str, key: str, values: list[Any]) -> Change:
    """Return a change of one field in one entry, at random, of the list at ``path``."""

    def change(data: Data, chance: random.Random) -> None:
        found: Any = data
        for step in path.split("/"):
            found = found[step]
        if found:
            put(key, values)(chance.choice(found), chance)

    return change


def rename_input(data: Data, chance: random.Random) -> None:
    """Give an input of the decision a name that objects of JavaScript have."""
    approval, name = data["shared"]["approval"], chance.choice(["__proto__", "constructor", "toString"])
    old = chance.choice(approval["inputs"])["id"]
    for entry in approval["inputs"]:
        entry["id"] = name if entry["id"] == old else entry["id"]
    for conditions in [e["when"] for e in approval["rules"]] + [e["given"] for e in approval.get("examples", ())]:
        if old in conditions:
            conditions[name] = conditions.pop(old)


def rename_holder(data: Data, chance: random.Random) -> None:
    """Change the role, team or title of one further holder."""
    others = data["owners"]["others"]
    holder = others.pop(chance.choice(list(others)))
    holder[chance.choice(["team", "holder"])] = chance.choice([*TEAMS, "TBD"])
    others[chance.choice([role for role in ROLES if role not in others])] = holder


CHANGES: list[Change] = [
    put("title", TEXTS),
    put("business/pain/drag", TEXTS),
    put("business/pain/volume/cases", NUMBERS),
    put("business/pain/volume/minutes_each", NUMBERS),
    put("business/pain/volume/per", TIMES),
    *(put(path, [[]]) for path in ("business/scope/in", "business/scope/out", "business/inputs", "business/outcomes")),
    *(put(path, [[]]) for path in ("it/forbidden", "it/contracts", "it/policies", "it/access", "it/support/tiers")),
    each("it/access", "justification", [None, "TBD", "It reads."]),
    each("it/access", "operations", [[], ["read"]]),
    put("it/support/runbook", [None, "https://runbooks.example/a", "runbook"]),
    each("it/support/tiers", "team", TEAMS),
    each("it/support/tiers", "response", TIMES),
    each("it/contracts", "owner", TEAMS),
    put("it/support/stop/who", [[a, b] for a in ROLES for b in ROLES if a < b] + [[a] for a in ROLES] + [[]]),
    put("it/support/stop/within", TIMES),
    put("shared/exceptions/states", [[], ["new"], ["new", "settled"]]),
    put("shared/exceptions/cases", [[]]),
    put("shared/exceptions/owner/team", TEAMS),
    each("shared/exceptions/cases", "within", TIMES),
    put("shared/failure_cases", [[]]),
    each("shared/failure_cases", "result", ["passed", "failed", "not-run", "maybe"]),
    each("shared/failure_cases", "date", [None, *DAYS]),
    each("shared/failure_cases", "evidence", [None, "https://evidence.example/a", "evidence"]),
    each("shared/failure_cases", "id", ["FC-01", "FC-02", "F C"]),
    put("revised", DAYS),
    put("shared/audit/records", [[]]),
    put("shared/audit/retention", [None, *TIMES]),
    put("shared/audit/readers", [[], ["no-such-role"], ["__proto__"]]),
    put("owners/value/team", TEAMS),
    put("owners/value/role", ROLES),
    put("owners/safety/holder", TEXTS),
    rename_input,
    rename_holder,
]


def changed(chance: random.Random) -> Data:
    """Return a packet of the shipped site with up to four changes."""
    data: Data = copy.deepcopy(dict(plain_data(PACKETS[chance.choice(sorted(PACKETS))])))
    for change in chance.sample(CHANGES, chance.randint(0, 4)):
        change(data, chance)
    return data


def passes(gate: Gate, packet: Packet) -> bool:
    entry = Entry(packet, Document("data/workflows/generated.yml", None))
    stale = stale_evidence(entry, {}, (), CHECKED.history)
    seen: Any = {"packet": packet, "model": MODEL, "as_of": TODAY, "stale_evidence": stale}
    seen |= dict.fromkeys(("control", "business", "it"))
    return not list(gate.reasons(GateContext(**seen)))


def frozen(value: Any) -> Any:
    """Return data with its lists as the reader of files gives them."""
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(map(frozen, value)) if isinstance(value, (list, tuple)) else value


def valid(data: Data) -> Packet | None:
    try:
        return Packet.model_validate(frozen(data))
    except ValueError:
        return None


def test_the_form_and_the_check_agree_on_the_gates_of_any_packet(blank: Page) -> None:
    chance = random.Random(SEED)  # noqa: S311 a test, not a secret
    made = [changed(chance) for _ in range(COUNT)]
    packets = [(data, packet) for data in made if (packet := valid(data))]
    assert len(packets) >= COUNT / 2
    drafts = [kept("generated", data) for data, _ in packets]
    for (data, packet), shown in zip(packets, blank.evaluate(JUDGE, [given(), drafts]), strict=True):
        assert dict(shown) == {gate.id: passes(gate, packet) for gate in GATES if gate.id in dict(shown)}, data


@pytest.mark.parametrize("number", range(8))
def test_the_form_shows_those_gates_and_calls_what_cannot_be_read_incomplete(blank: Page, number: int) -> None:
    data = changed(random.Random(number))  # noqa: S311
    packet = valid(data)
    shown = dict(blank.evaluate(SHOW, [given(), kept("generated", data)]))
    if packet is None:
        assert shown["Definition complete"] == "Open"
        return
    judged = {title: word for title, word in shown.items() if word in ("Pass", "Open")}
    assert judged == {g.title: "Pass" if passes(g, packet) else "Open" for g in GATES if g.title in judged}


def test_inputs_may_have_any_name(blank: Page) -> None:
    data = changed(random.Random(0))  # noqa: S311
    rename_input(data, random.Random(0))  # noqa: S311
    blank.evaluate(SHOW, [given(), kept("generated", data)])
    text = blank.locator(".om-write__file").input_value()
    assert all(f"id: {entry['id']}\n" in text for entry in data["shared"]["approval"]["inputs"])


OFFERED = """given => {
  (SHOW)([given, '{}']);
  const options = (title) => Array.from(document.querySelectorAll('label, legend'))
    .filter(label => label.textContent.startsWith(title)).map(label => label.closest('.om-write__field'))
    .flatMap(field => Array.from(field.querySelectorAll('option, input'), each => each.value)).filter(Boolean);
  return {who: options('Who'), readers: options('Readers')};
}""".replace("SHOW", SHOW)


def test_who_judges_the_controls_is_not_offered_to_run_them(blank: Page, tmp_path: Path) -> None:
    model = check(with_assurance(tmp_path), TODAY)
    offered = blank.evaluate(OFFERED, str(packet_form(model, sample_packet(model.model, TODAY)).json))
    assert "audit" not in offered["who"]
    assert {"audit", *offered["who"]} == set(offered["readers"])
