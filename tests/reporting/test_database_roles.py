"""What each database role can do with reports, tried as that role."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from himaya.reporting.listing import worklist
from himaya.reporting.models import Message, Receipt, Report
from himaya.reporting.operations.answer import answer
from himaya.reporting.operations.read import read
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role

pytestmark = pytest.mark.django_db
OURS = (Report, Receipt, Message)


def ask(query: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def refused(query: str, *values: object) -> bool:
    try:
        with transaction.atomic():
            ask(query, *values)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "row-level security" in str(error)
    return False


def tables() -> list[str]:
    found = ask(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname NOT LIKE 'pg\\_%%'"
        " AND nspname <> 'information_schema' ORDER BY 1"
    )
    return [name for (name,) in found]


def readable_by_the_public() -> list[str]:
    with as_role("public"):
        return [name for name in tables() if not refused(f"SELECT * FROM {name}")]


def test_the_reporters_site_can_read_no_table_at_all(intake):
    send()
    assert len(tables()) > 40

    assert readable_by_the_public() == []


def test_a_table_that_it_could_read_would_be_found(intake):
    ask("GRANT SELECT ON reporting_report TO himaya_public")

    assert readable_by_the_public() == ["reporting_report"]


@pytest.mark.parametrize("column", ["id", "tag", "reporter_key", "wrapped", "for_reporter"])
def test_the_reporters_site_can_read_no_column_either(intake, column):
    for model in OURS:
        if column in {field.column for field in model._meta.fields}:
            with as_role("public"):
                assert refused(f"SELECT {column} FROM {model._meta.db_table}")


@pytest.mark.parametrize("model", [*OURS, Compartment, Grant, Sealed])
def test_the_reporters_site_can_change_and_remove_nothing(intake, model):
    send()
    table = model._meta.db_table
    with as_role("public"):
        assert refused(f"UPDATE {table} SET id = id")
        assert refused(f"DELETE FROM {table}")
        assert refused(f"TRUNCATE {table} CASCADE")


def test_the_reporters_site_cannot_put_in_a_report_that_is_already_rated(intake):
    report = send().report
    rated = replace_report(report, state="triaged", seriousness="normal")
    with as_role("public"), pytest.raises(ProgrammingError), transaction.atomic():
        rated.save(force_insert=True)


def test_the_reporters_site_cannot_speak_as_the_desk(intake):
    sent = send()
    sealed = Sealed.objects.first()
    forged = Message(
        report=sent.report,
        direction="from_desk",
        sealed=sealed,
        for_reporter=b"forged",
        sent_at=timezone.now(),
    )
    with as_role("public"), pytest.raises(ProgrammingError), transaction.atomic():
        forged.save(force_insert=True)


def test_without_the_tag_the_functions_tell_nothing(intake):
    send()
    with as_role("public"):
        for tag in (b"", b"\x00" * 32, b"%"):
            assert ask("SELECT * FROM reporting_talk(%s)", tag) == []
            assert ask("SELECT * FROM reporting_forget(%s, %s, now())", tag, uuid4()) == []


def test_one_receipt_cannot_empty_the_message_of_another(intake):
    mine, theirs = send(), send()
    at = timezone.now()
    message = answer(actor=intake.actor, report_id=theirs.report.pk, text="For them.", at=at)

    with as_role("public"):
        emptied = ask("SELECT * FROM reporting_forget(%s, %s, now())", mine.receipt.tag, message.pk)

    assert emptied == []
    assert Message.objects.get().for_reporter is not None


def functions() -> list[tuple[object, ...]]:
    return ask(
        "SELECT proname, prosecdef, proconfig, array(SELECT grantee::regrole::text"
        " FROM aclexplode(proacl) WHERE grantee <> proowner ORDER BY 1)"
        " FROM pg_proc WHERE proname LIKE 'reporting\\_%%' ORDER BY 1"
    )


def test_the_functions_run_with_a_fixed_path_and_only_for_whoever_takes_reports():
    everybody = ["himaya_public", "himaya_staff", "himaya_worker"]  # each seals what comes to it
    assert functions() == [
        (name, True, ["search_path=public, pg_temp"], roles)
        for name, roles in (
            ("reporting_desk_keys", everybody),
            ("reporting_filed", ["himaya_public"]),
            ("reporting_forget", ["himaya_public"]),
            ("reporting_given_up", ["himaya_staff"]),
            ("reporting_hand_on", ["himaya_staff"]),
            ("reporting_likeness_goes", []),
            ("reporting_names_us", ["himaya_staff"]),
            ("reporting_talk", ["himaya_public"]),
        )
    ]


def test_an_officer_sees_reports_of_their_own_desk_and_nobody_elses(desks):
    report = send().report
    for code, officer in desks.items():
        with as_officer(officer.actor):
            seen = [found.pk for found in Report.objects.all()]
            assert seen == ([report.pk] if code == "pnc_intake" else [])


def test_without_an_officer_no_row_shows(intake):
    send()
    with as_role("staff"):
        assert not Report.objects.exists()
        assert not Message.objects.exists()


def test_an_officer_never_sees_a_tag(intake):
    send()
    with as_officer(intake.actor):
        assert refused("SELECT tag FROM reporting_receipt")
        assert refused("SELECT wrapped FROM reporting_receipt")


def test_the_whole_work_of_a_desk_is_done_with_the_rights_of_the_officers_role(intake):
    report = send().report
    at = timezone.now()
    with as_officer(intake.actor):
        assert worklist(intake.actor).rows == [report]
        read(
            actor=intake.actor,
            keyring=intake.keyring,
            report_id=report.pk,
            at=at,
            reason="day_list",
        )
        answer(actor=intake.actor, report_id=report.pk, text="Where are you?", at=at)

    assert Message.objects.count() == 1


def test_a_stranger_can_neither_see_nor_write_messages_of_a_report(desks):
    sent = send()
    message = answer(
        actor=desks["pnc_intake"].actor,
        report_id=sent.report.pk,
        text="Where are you?",
        at=timezone.now(),
    )
    copy = Message(
        report=sent.report,
        direction="from_desk",
        sealed=message.sealed,
        for_reporter=b"forged",
        sent_at=timezone.now(),
    )
    with as_officer(desks["ndhr_independent"].actor):
        assert not Message.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            copy.save(force_insert=True)


def test_the_worker_moves_a_silent_report_on_and_can_do_nothing_else_to_it(intake):
    send()
    with as_role("worker"):
        assert refused("UPDATE reporting_report SET seriousness = 'normal'")
        assert refused("UPDATE reporting_report SET desk_id = desk_id")
        assert refused("DELETE FROM reporting_report")
        assert refused("UPDATE reporting_message SET for_reporter = NULL")
        assert not refused("UPDATE reporting_report SET due_at = now()")


@pytest.mark.parametrize("model", OURS)
def test_the_figures_see_no_report(intake, model):
    send()
    with as_role("figures"):
        assert refused(f"SELECT * FROM {model._meta.db_table}")


def replace_report(report: Report, **changes: object) -> Report:
    values = {field.attname: getattr(report, field.attname) for field in report._meta.fields}
    return Report(**{**values, "id": uuid4(), **changes})
