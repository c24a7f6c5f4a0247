"""The form that writes a packet, in a real browser: filled in by keyboard and mouse, its file passes the check."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from opmodel.model.packet import Packet
from opmodel.model.problem import Severity
from opmodel.rules.check import check
from opmodel.source.reader import parse
from sites import check_shipped, shipped
from theme.drafts import FORM, PACKETS, bring_back

pytestmark = pytest.mark.browser
REST = 200
"""Milliseconds after which typing has come to rest; the clock of the page is put forward, so nothing waits for them."""


@pytest.fixture
def tab(new_tab: Callable[..., Page], address: str) -> Iterator[Page]:
    """The page with the form, which must ask for nothing outside and report no error of its own."""
    opened = new_tab(clock=True)
    opened.set_viewport_size({"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: errors.append(request.url) if request.method != "GET" else None)
    opened.goto(address + FORM)
    opened.locator(".om-write form").wait_for()
    yield opened
    assert errors == []


def file_of(tab: Page) -> str:
    """Return the file that the form gives, once typing has come to rest."""
    tab.clock.run_for(REST)
    return tab.locator(".om-write__file").input_value()


def packet_of(text: str) -> Packet:
    node, faults = parse(text)
    assert node is not None, faults
    return Packet.model_validate(node.plain)


@pytest.mark.parametrize("name", PACKETS)
def test_every_sample_packet_goes_through_the_form_unchanged(name: str, tab: Page) -> None:
    bring_back(tab, name, PACKETS[name])
    assert packet_of(file_of(tab)) == PACKETS[name]
    tab.get_by_role("button", name="Check the form").click()
    assert tab.locator(".om-write__summary").is_hidden(), tab.locator(".om-write__summary").inner_text()


def test_the_gates_are_those_that_the_check_finds(tab: Page) -> None:
    assessments = check_shipped().assessments
    for name in ("contract-intake", "support-replies", "invoice-triage"):
        bring_back(tab, name, PACKETS[name])
        tab.clock.run_for(REST)
        shown = {
            item.locator("strong").inner_text(): item.locator(".om-badge").inner_text()
            for item in tab.locator(".om-gates > li").all()
        }
        for result in assessments[name].gates:
            if shown[result.title] in ("Open", "Pass"):
                assert shown[result.title] == ("Pass" if result.passed else "Open"), (name, result.id)


def section(tab: Page, title: str) -> Locator:
    return tab.get_by_role("region", name=title, exact=True)


def fill(scope: Locator, **values: str) -> None:
    """Type values by label (underscores for spaces), as a person does with the keyboard."""
    for name, value in values.items():
        field = scope.get_by_label(name.replace("_", " "), exact=True).element_handle()  # finding it takes long
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def add(scope: Locator, what: str) -> Locator:
    """Press an Add button by keyboard and return the new entry."""
    scope.get_by_role("button", name=f"Add: {what}", exact=True).press("Enter")
    return scope.locator("fieldset.om-write__item").last


def write_packet(tab: Page) -> None:
    page = section(tab, "Packet")
    fill(
        page, Title="Léave requests: first cut", Summary='Answers leave requests - quickly; "yes" or no: never # both.'
    )
    write_owners(section(tab, "Owners"))
    write_business(tab)
    write_it(tab)
    write_shared(tab)


def write_owners(owners: Locator) -> None:
    for label, role, team in (
        ("Value", "workflow-owner", "people-ops"),
        ("Safety", "platform-owner", "automation-platform"),
    ):
        fill(
            owners.get_by_role("group", name=label, exact=True),
            Role=role,
            Team=team,
            Title_of_the_function=f"Head of {label}",
        )
    for item in owners.locator("fieldset.om-write__item").all():
        side = str(item.get_by_label("Role", exact=True).evaluate("node => node.selectedOptions[0].textContent"))
        team = "people-ops" if "(Business)" in side else "service-desk"
        fill(item, Team=team, Title_of_the_function="Lead")


def write_business(tab: Page) -> None:
    pain = section(tab, "Pain")
    fill(pain, What_people_do_by_hand="Mails are read.\n\n  Then typed.  ", Cases="0120", What_a_mistake_costs="yes")
    fill(pain, Period="P1M", Minutes_for_each_case="7.50")
    fill(section(tab, "Scope"), In_scope="Holidays\nno\n12:30", Out_of_scope="=1+1")
    fill(section(tab, "Trigger"), Event="A form arrives.", Source="Form")
    fill(section(tab, "Output"), What_good_looks_like="One answer.", An_example="x " * 100)


def write_it(tab: Page) -> None:
    grant = add(section(tab, "Access"), "grant of access")
    fill(
        grant,
        Short_id="hr",
        System="HR system",
        Scope="Own records",
        Sensitivity_of_the_data="personal",
        Identity="svc",
    )
    grant.get_by_label("read", exact=True).check()
    support = section(tab, "Support")
    fill(support, Channel="Chat", How="Press stop.", Time_limit="PT5M")
    support.get_by_label("Support (IT)").check()
    tier = add(support, "tier")
    fill(tier, Short_id="T1", Name="First line", Team="service-desk", Hours="Always", Answers_within="PT1H")


def write_shared(tab: Page) -> None:
    write_approval(section(tab, "Approval"), tab)
    queue = section(tab, "Exception queue")
    fill(queue, Queue="Desk", States="new\nsettled")
    fill(queue.get_by_role("group", name="Owner", exact=True), Role="operations", Team="people-ops")
    case = add(queue, "case")
    fill(case, Short_id="EX-01", Case="Too long", Time_limit="P2D")
    fill(case.get_by_role("group", name="Route", exact=True), Role="operations", Team="people-ops")
    section(tab, "Audit trail").get_by_label("Audit (IT)").check()
    fill(section(tab, "Review"), Next="2027-01-05")


def write_approval(approval: Locator, tab: Page) -> None:
    fill(add(approval, "party"), Short_id="employee", Title="Employee")
    fill(add(approval, "party"), Short_id="lead", Title="Team Lead")
    days = add(approval, "input")
    fill(days, Type="number")
    fill(days, Short_id="days", Label="Days of leave")
    days.get_by_label("Smallest value (optional)").fill("1")
    days.get_by_label("Decimals (optional)").fill("0")
    tab.clock.run_for(REST)
    fill(approval, Started_by="employee")
    short, long = add(approval, "rule"), None
    tab.clock.run_for(REST)
    fill(short, Short_id="AP-01", Outcome="act", Reason="Short leave.")
    short.get_by_label("When days (optional)").fill("<= 3")
    long = add(approval, "rule")
    tab.clock.run_for(REST)
    fill(long, Short_id="AP-02", Outcome="approve", Reason="Long leave.")
    long.get_by_label("When days (optional)").fill("> 3")
    long.get_by_label("Time limit (optional)").fill("P1D")
    long.get_by_label("When time runs out (optional)").select_option("refuse")
    long.get_by_role("button", name="Add: step").press("Enter")
    long.get_by_label("Any (optional)").fill("lead")
    example = add(approval, "example")
    tab.clock.run_for(REST)
    fill(example, days="3", Outcome="act")


def test_a_packet_written_by_hand_passes_the_check(tab: Page, tmp_path: Path) -> None:
    write_packet(tab)
    tab.get_by_role("button", name="Check the form").press("Enter")
    assert tab.locator(".om-write__summary").is_hidden(), tab.locator(".om-write__summary").inner_text()
    with tab.expect_download() as downloaded:
        tab.get_by_role("button", name="Download").press("Enter")
    assert downloaded.value.suggested_filename == "leave-requests-first-cut.yml"
    site = shipped(tmp_path)
    path = site / "data/workflows/leave-requests-first-cut.yml"
    downloaded.value.save_as(path)
    problems = [p for p in check(site, date(2026, 11, 22)).problems if p.severity is Severity.ERROR]
    assert [str(p) for p in problems if "leave-requests" in p.place.path] == []
    packet = packet_of(path.read_text(encoding="utf-8"))
    assert packet.title == "Léave requests: first cut"
    assert packet.summary == 'Answers leave requests - quickly; "yes" or no: never # both.'
    assert packet.business.scope.included == ("Holidays", "no", "12:30")
    assert (packet.business.pain.volume.cases, str(packet.business.pain.volume.minutes_each)) == (120, "7.50")


def test_what_is_typed_is_checked_at_once_and_errors_are_tied_to_their_fields(tab: Page) -> None:
    field = section(tab, "Pain").get_by_label("Cases", exact=True)
    field.fill("many")
    tab.clock.run_for(REST)
    assert field.get_attribute("aria-invalid") == "true"
    described = [
        tab.locator(f"#{name}").inner_text() for name in (field.get_attribute("aria-describedby") or "").split()
    ]
    assert described == ["Cases per period.", "Write a whole number, such as 120."]
    field.fill("12")
    tab.clock.run_for(REST)
    assert field.get_attribute("aria-invalid") == "false"


def test_the_summary_leads_to_each_field(tab: Page) -> None:
    tab.get_by_role("button", name="Check the form").press("Enter")
    summary = tab.get_by_role("group", name="What is not right yet")
    assert summary.evaluate("node => node === document.activeElement")
    summary.get_by_role("link", name="Title: Fill this in.").press("Enter")
    assert tab.evaluate("document.activeElement.labels[0].textContent") == "Title"
    assert section(tab, "Packet").get_by_label("Title", exact=True).get_attribute("aria-invalid") == "true"


def test_a_draft_stays_in_the_browser_until_it_is_forgotten(tab: Page) -> None:
    title = section(tab, "Packet").get_by_label("Title", exact=True)
    title.fill("Leave </script><img src=x onerror=alert(1)>")
    tab.clock.run_for(REST)
    tab.reload()
    assert title.input_value() == "Leave </script><img src=x onerror=alert(1)>"
    tab.once("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="Forget this draft").press("Enter")
    assert title.input_value() == ""
    assert tab.evaluate("localStorage.getItem('opmodel-packet-draft')") is None
    tab.reload()
    assert title.input_value() == ""


def test_entries_are_added_and_removed_by_keyboard_without_losing_the_place(tab: Page) -> None:
    access = section(tab, "Access")
    add(access, "grant of access")
    assert tab.evaluate("document.activeElement.labels[0].textContent") == "Short id"
    add(access, "grant of access")
    access.get_by_role("button", name="Remove grant of access 1").press("Enter")
    assert access.locator("fieldset.om-write__item").count() == 1
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Remove grant of access 1"


def test_every_control_has_a_name(tab: Page) -> None:
    for button in tab.locator(".om-write form").get_by_role("button", name="Add:").all():
        button.click()
    controls = tab.locator(".om-write :is(input, select, textarea)")
    assert controls.count() > 80
    assert controls.evaluate_all("all => all.filter(each => !each.labels.length).map(each => each.outerHTML)") == []


def test_the_new_file_opens_in_the_editor_of_the_host(tab: Page) -> None:
    section(tab, "Packet").get_by_label("Title", exact=True).fill("Leave")
    tab.clock.run_for(REST)
    link = tab.get_by_role("link", name="Open the new file in the host’s editor")
    name = "data%2Fworkflows%2Fleave.yml"
    assert link.get_attribute("href") == f"https://code.example.com/meridian/operating-model/new/main?filename={name}"


def test_without_javascript_the_page_says_what_to_do_instead(open_page: Callable[..., Page]) -> None:
    form = open_page(FORM, java_script_enabled=False).locator(".om-write")
    assert "This form needs JavaScript" in form.inner_text()
    assert "opmodel new" in form.inner_text()


@pytest.fixture(scope="module")
def other_page(built_site: Path) -> str:
    return (built_site / "contribute/index.html").read_text(encoding="utf-8")


def test_only_this_page_loads_the_script(other_page: str, built_site: Path) -> None:
    own = (built_site / "contribute/write-a-packet/index.html").read_text(encoding="utf-8")
    assert "write.js" in own
    assert "write.js" not in other_page
