"""One confidential report becomes one protected person, in a real browser, in both directions."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Officer, Person
from tests.journeys.service import Service

STORY = "MARKED-STORY the door is locked at night and the passport is in his drawer"
AGAIN = "MARKED-AGAIN she is the only one who cooks"
ANSWER = "MARKED-ANSWER we have read this and we are looking for a safe moment"
SAID = "MARKED-SAID no pay since the spring"
REASONS = "MARKED-REASONS locked in, no pay, papers taken"
NAME = "MARKED-NAME an invented name"
NEEDS = "MARKED-NEEDS a quiet room"
LEGAL = "MARKED-LEGAL never for the shelter"
ASKED = "MARKED-ASKED a bed for tonight"
OUTCOME = "MARKED-OUTCOME she slept and ate"
FILE = "MARKED-FILE lawsuit reference"
MARKS = [STORY, AGAIN, ANSWER, SAID, REASONS, NAME, NEEDS, LEGAL, ASKED, OUTCOME, FILE]


def digits_of(page_text: str) -> str:
    """The twenty digits of a receipt page, whatever their grouping."""
    found = re.search(r"(?:\d[\s\u200e\u200f\u2066-\u2069]*){20}", page_text)
    assert found, page_text
    return re.sub(r"\D", "", found.group())


def report(reporter: Person) -> str:
    """Write a report, pressing the first button of each step; returns the receipt."""
    reporter.goto("/")
    reporter.click("form[name=role] button[value=self]")
    reporter.send("form[name=report]")
    reporter.fill(story=STORY)
    reporter.choose(danger="now", child="no", persons="1")
    for _step in range(6):
        if not reporter.page.locator("form[name=report]").count():
            break
        reporter.send("form[name=report]")
    return digits_of(reporter.text())


def ask_for_reply(reporter: Person, receipt: str) -> None:
    """Come back with the receipt."""
    reporter.goto("/5")
    reporter.fill(number=receipt)
    reporter.send("form[name=reply]")


def read_rate_answer(intake: Officer, report_id: str) -> str:
    """The intake desk reads a report, rates it and answers; returns the report's address."""
    row = f"main a.row-link[href*='{report_id}']"
    intake.goto("/reports/")
    intake.click(row)
    intake.unlock()
    intake.goto("/reports/")
    intake.click(row)
    assert STORY not in intake.text()
    intake.click("main form[action$=words] button")
    assert STORY in intake.text()
    path = "/".join(intake.path().split("/")[:3])
    intake.goto(path)
    intake.choose(seriousness="urgent")
    intake.send("form[action$=rating]")
    intake.fill(text=ANSWER)
    intake.send("form[action$=answer]")
    return path


def read_the_answer(reporter: Person, receipt: str) -> None:
    """The reporter finds the answer, reads it once, and writes again."""
    ask_for_reply(reporter, receipt)
    assert ANSWER not in reporter.text()
    reporter.send("main form[action='/6']")
    assert ANSWER in reporter.text()
    assert STORY not in reporter.text()
    reporter.send("main form[action='/7']")
    assert ANSWER not in reporter.text()
    reporter.fill(message=AGAIN)
    reporter.send("main form[action='/8']")


def open_case(intake: Officer, path: str) -> None:
    """The intake desk opens a case and gives it away."""
    intake.goto(path)
    intake.click("main a[href*='/cases/open/']")
    intake.page.locator("select[name=desk]").select_option(index=0)
    intake.page.locator("select[name=identification_desk]").select_option(index=0)
    intake.send()
    assert intake.path() == "/reports/"


def screen_and_presume(screener: Officer) -> str:
    """A trained officer screens and decides; returns the address of the case."""
    screener.goto("/screenings/")
    screener.click("main a.row-link")
    screener.tick("private", "informed")
    screener.choose(interpreter="not_needed", sex="female", basis="estimate")
    screener.fill(youngest="25", oldest="35")
    screener.send("main form[method=post]")
    for sign in ("D1.02", "D1.03", "D1.04", "D4.01", "D4.02", "D5.01", "D5.03"):
        answer = screener.page.locator(f"input[name='{sign}'][value=yes]")
        part = screener.page.locator("main details:not([open])", has=answer)
        if part.count():
            part.locator("summary").click()
        answer.check()
    screener.fill(words=SAID)
    screener.page.locator("main button[value=weigh]").last.click()
    screener.choose(act="recruitment", child_then="no", officer_view="agree")
    screener.send("main form[method=post]")
    case_path = screener.path().removesuffix("status")
    screener.choose(presumed="yes", reasons="statement")
    screener.fill(words=REASONS)
    screener.send("main form[method=post]")
    assert screener.path() == case_path
    return case_path


def write_the_file(worker: Officer, case_path: str) -> None:
    """The case worker writes three sealed parts and the coded facts."""
    for kind, words in (("identity", NAME), ("needs", NEEDS), ("legal", LEGAL)):
        worker.goto(f"{case_path}note")
        worker.choose(kind=kind)
        worker.fill(words=words)
        worker.send()
    worker.goto(f"{case_path}facts")
    worker.choose(child="no", sex="female", exploitation="domestic_servitude")
    worker.page.locator("select[name=citizenship]").select_option("PHL")
    worker.page.locator("select[name=language]").select_option("fil")
    worker.send()


def record_consent(worker: Officer, case_path: str, desk: str) -> None:
    """The person allows one desk two parts."""
    worker.goto(f"{case_path}consents/new")
    worker.page.locator("select[name=recipient]").select_option(desk)
    worker.page.locator("select[name=language]").select_option("fil")
    worker.choose(purpose="shelter")
    for kind in ("identity", "needs"):
        worker.page.locator(f"input[name=kinds][value={kind}]").check()
    worker.fill(days="30")
    worker.send()
    worker.choose(band="adult", given_by="person", method="spoken")
    worker.tick("informed")
    worker.send("form[action$=grant]")


def refer(worker: Officer, case_path: str, basis: str, words: str) -> str:
    """Prepare a referral, look at exactly what the other desk will see, send it."""
    worker.goto(f"{case_path}referrals/new")
    worker.page.locator(f"input[name=basis]{basis}").first.check()
    worker.choose(priority="urgent")
    worker.tick("informed")
    worker.fill(words=words)
    worker.send()
    worker.send("form[action$=preview]")
    preview = worker.page.locator("section.preview").inner_text()
    worker.send("form[action$=send]")
    return preview


def serve(shelter: Officer, preview: str) -> None:
    """The shelter takes the person on, sees that and only that, and reports an outcome."""
    shelter.goto("/referrals/")
    shelter.click("main a.row-link")
    shelter.send("form[action$=acknowledge]")
    shelter.tick("place_held")
    shelter.send("form[action$=accept]")
    shelter.send("form[action$=begin]")
    referral_path = shelter.path()
    shelter.send("form[action$=read]")
    shared = shelter.page.locator("section.preview").inner_text()
    assert NAME in shared
    assert LEGAL not in shared
    assert STORY not in shared
    assert lines(shared) == lines(preview.split("\n", 1)[1])[: len(lines(shared))]
    shelter.goto(referral_path)
    shelter.page.locator("details:has(form[action$=complete]) summary").click()
    shelter.choose(outcome="served")
    shelter.tick("person_chose")
    shelter.page.locator("form[action$=complete] [name=words]").fill(OUTCOME)
    shelter.send("form[action$=complete]")
    assert not shelter.page.locator("form[action$=read]").count()


def open_lawsuit(prosecutor: Officer) -> str:
    """The prosecution accepts and records a lawsuit; returns its address."""
    prosecutor.goto("/referrals/")
    prosecutor.click("main a.row-link")
    prosecutor.send("form[action$=acknowledge]")
    prosecutor.send("form[action$=accept]")
    prosecutor.click("main a[href*='/lawsuits/']")
    prosecutor.page.locator("input[name=offences]").first.check()
    prosecutor.fill(words=FILE)
    prosecutor.send()
    return prosecutor.path()


def choose_solution(worker: Officer, case_path: str) -> None:
    """Return stays shut behind its gate; a new employer is the person's choice."""
    worker.goto(f"{case_path}solution")
    worker.choose(solution="return")
    worker.tick("person_chose", "informed")
    worker.send()
    assert worker.path().endswith("solution")
    worker.choose(solution="new_employer")
    worker.send()


def tell(worker: Officer, case_path: str) -> None:
    """The person learns what was decided, by a way that is safe; the case then says so."""
    worker.goto(case_path)
    worker.click("main a[href*='/decided/']")
    worker.page.locator("main input[name=way]").first.check()
    worker.tick("safe")
    worker.send()
    worker.goto(case_path)
    assert not worker.page.locator("a[href*='/decided/'] + .tag").count()


def do_what_is_owed(worker: Officer, case_path: str) -> None:
    """The page that ends a case says what the desk still owes; the worker takes those steps."""
    worker.goto(f"{case_path}close")
    assert worker.page.locator("main a[href$='#deadlines']").count()
    for step in ("find_no_concern", "assess_needs", "find_regular", "exit_assistance"):
        worker.goto(f"{case_path}steps/{step}")
        for box in worker.page.locator("main input[type=checkbox]").all():
            box.check()
        worker.fill(words=REASONS)
        worker.send()
        assert worker.path() == case_path


def end_by_two(worker: Officer, colleague: Officer, case_path: str) -> None:
    """One asks for the end of the case, another confirms."""
    worker.send("form[action$=withdraw]")
    do_what_is_owed(worker, case_path)
    worker.goto(f"{case_path}close")
    assert not worker.page.locator("main .gate .missing").count()
    worker.choose(outcome="protected")
    worker.tick("informed")
    worker.send()
    worker.goto(f"{case_path}close")
    assert not worker.page.locator("button[value=confirm]").count()
    colleague.goto(f"{case_path}close")
    colleague.click("button[value=confirm]")
    assert colleague.page.locator(".timeline li").count() > 10


def look_who_looked(officer: Officer, case_path: str) -> None:
    """The data protection officer sees every read, and not the case."""
    officer.goto("/ledger/")
    assert officer.page.locator("tbody tr").count() > 5
    officer.goto(case_path.replace("/cases/", "/ledger/").removesuffix("/"))
    assert officer.page.locator(".timeline li").count() > 15
    assert closed_to(officer, case_path)


def record_meeting(secretariat: Officer, number: str) -> None:
    """The secretariat sees the figures; records a meeting, a decision, an action."""
    secretariat.goto("/committee/")
    assert secretariat.page.locator("figure.picture svg").count() >= 1
    assert secretariat.page.locator("table").count() >= 1
    secretariat.goto("/committee/meetings/new/")
    secretariat.fill(number=number, held_on="2026-11-22", place="Ministry", agenda="One")
    secretariat.send()
    secretariat.fill(number="1", text="Screen before every removal")
    secretariat.send("main form[action*=decisions]")
    secretariat.click("main a[href*='/actions/']")
    secretariat.fill(what="A screening form at each counter", due_on="2026-12-20")
    secretariat.page.locator("select[name=agency]").select_option(index=1)
    secretariat.send()
    secretariat.goto("/committee/actions/")
    assert "A screening form at each counter" in secretariat.text()


def closed_to(officer: Officer, path: str) -> bool:
    """True when the officer gets nothing at an address."""
    answer = officer.page.goto(f"{officer.site}{path}")
    return answer is not None and answer.status in (403, 404)


def persons_counted(service: Service) -> int:
    """How many persons the nameless facts hold."""
    return int(service.sql("SELECT count(*) FROM statistics_casefact"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_report_becomes_one_protected_person(
    service: Service, browser: Browser, language: str
) -> None:
    def officer(role: str) -> Officer:
        signed_in = Officer(browser, service, language, role)
        signed_in.unlock()
        return signed_in

    counted = persons_counted(service)
    shelter_desk = service.sql("SELECT id FROM agencies_desk WHERE code = 'pam_shelter_women'")
    reporter = Person(browser, service.public, language, phone=True, script=language == "en")
    receipt = report(reporter)
    intake = Officer(browser, service, language, "intake_officer")
    newest = service.sql("SELECT id FROM reporting_report ORDER BY received_at DESC LIMIT 1")
    path = read_rate_answer(intake, newest)
    read_the_answer(reporter, receipt)
    open_case(intake, path)
    case_path = screen_and_presume(officer("identification_officer"))

    worker, shelter = officer("case_worker"), officer("shelter_worker")
    write_the_file(worker, case_path)
    record_consent(worker, case_path, shelter_desk)
    preview = refer(worker, case_path, ":not([value^=duty])", ASKED)
    assert NAME in preview
    assert NEEDS in preview
    assert LEGAL not in preview
    serve(shelter, preview)

    facts_only = refer(worker, case_path, "[value^=duty]", "Please examine the facts.")
    assert NAME not in facts_only
    lawsuit_path = open_lawsuit(officer("prosecutor"))
    worker.goto(case_path)
    assert FILE not in worker.text()
    assert closed_to(worker, lawsuit_path)

    tell(worker, case_path)
    choose_solution(worker, case_path)
    end_by_two(worker, officer("second_case_worker"), case_path)
    look_who_looked(officer("data_protection_officer"), case_path)
    record_meeting(officer("committee_secretariat"), f"23-{language}")
    assert persons_counted(service) == counted + 1
    for person in (reporter, intake, worker, shelter):
        assert {origin.split(":")[0] for origin in person.origins} == {"localhost"}


def lines(text: str) -> list[str]:
    """The words of a page, line by line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_afterwards_nothing_that_was_said_lies_in_the_open(service: Service) -> None:
    pseudonym = service.sql("SELECT pseudonym FROM cases_case LIMIT 1")
    service.sql("CHECKPOINT")

    assert places_of(service, pseudonym), "the search itself finds what is in the clear"
    for words in MARKS:
        assert places_of(service, words.split()[0]) == []


def places_of(service: Service, word: str) -> list[str]:
    """Files of the installation, the database's included, that hold a word in some common form."""
    forms = [
        word.encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        word.encode().hex().encode(),
    ]
    where = [service.data]
    pointer = service.data / "postgres.location"
    if pointer.exists():
        where.append(type(service.data)(pointer.read_text(encoding="utf-8").strip()))
    return [
        str(path)
        for root in where
        for path in root.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_afterwards_the_ledger_proves_the_whole_journey(service: Service) -> None:
    proof = json.loads(service.command("ledger", "verify", "--json"))

    assert proof["ok"], proof["faults"]
    assert proof["entries"] > 50
    assert proof["rows"] > 50


def test_published_persons_come_in_once_and_an_edited_row_is_found(
    service: Service, tmp_path: Path
) -> None:
    file = tmp_path / "persons.csv"
    file.write_text(
        "yearOfRegistration,gender,ageBroad,citizenship,isForcedLabour,isSexualExploit,"
        "CountryOfExploitation\n"
        + "2016,Female,30--38,PH,1.0,0.0,KW\n" * 3
        + "2016,Nobody,30--38,PH,1.0,0.0,KW\n",
        encoding="utf-8",
    )

    first = json.loads(service.command("import", "ctdc", str(file), "--json"))
    again = json.loads(service.command("import", "ctdc", str(file), "--json"))

    assert (first["read"], first["stored"], first["rejected"]) == (4, 3, 1)
    assert (again["stored"], again["duplicate"], again["rejected"]) == (0, 3, 1)
    service.sql("UPDATE statistics_importedfact SET citizenship = 'IND' WHERE line = 2")
    assert "persons.csv" in service.command("ledger", "verify", fails=True)
    service.sql("UPDATE statistics_importedfact SET citizenship = 'PHL' WHERE line = 2")
    assert "whole" in service.command("ledger", "verify")


def test_a_case_edited_by_hand_is_found_and_named(service: Service) -> None:
    case = service.sql("SELECT id FROM cases_case ORDER BY id LIMIT 1")
    before = service.sql(f"SELECT outcome FROM cases_case WHERE id = '{case}'")
    service.sql(f"UPDATE cases_case SET outcome = 'lost_contact' WHERE id = '{case}'")

    said = service.command("ledger", "verify", fails=True)

    service.sql(f"UPDATE cases_case SET outcome = '{before}' WHERE id = '{case}'")
    assert re.search(r"First bad entry: \d+: cases_case", said)
    assert case in said


def test_an_entry_edited_by_hand_is_found_and_named(service: Service) -> None:
    disarm = "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_keep"
    rearm = "ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_keep"
    service.sql(f"{disarm}; UPDATE audit_entry SET act = 'nothing' WHERE index = 7; {rearm}")

    said = service.command("ledger", "verify", fails=True)

    assert "First bad entry: 7:" in said
