"""What the database itself refuses, whoever writes the statement."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from himaya.accounts.models import Membership, Officer
from himaya.hotline.models import Call, Draft, Handover
from himaya.reporting.models import Report
from tests.factories.calls import filed, handed, notes, on_line, taken
from tests.factories.catalogue import ask, refused
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
TABLES = ("hotline_call", "hotline_draft", "hotline_handover", "hotline_caller")


def changed(statement, *values):
    """How many rows a statement changes with the rights in force; none when it is refused."""
    try:
        with transaction.atomic():
            found = ask(f"WITH x AS ({statement} RETURNING 1) SELECT count(*) FROM x", *values)
            transaction.set_rollback(True)
            return found[0][0]
    except ProgrammingError:
        return 0


@pytest.mark.parametrize("role", ["public", "figures"])
def test_neither_the_reporters_site_nor_the_figures_see_a_call(role):
    with as_role(role):
        for table in TABLES:
            assert refused(f"SELECT * FROM {table}")


@contextmanager
def everybody_of_the_desk_sees_drafts():
    ask("CREATE POLICY slip ON hotline_draft FOR SELECT TO himaya_staff USING (true)")
    yield


@threat("B9", off=everybody_of_the_desk_sees_drafts)
def test_a_draft_is_its_operators_alone(people):
    on_line(people.operator, told=notes())

    with people.operator.works():
        assert Draft.objects.count() == 1
    for other in (people.colleague, people.elsewhere, people.intake):
        with other.works():
            assert not Draft.objects.exists()
            assert changed("UPDATE hotline_draft SET until = until") == 0
            assert changed("DELETE FROM hotline_draft") == 0


def test_a_desk_sees_its_calls_as_codes_and_goes_on_with_none_of_them(people):
    on_line(people.operator)

    with people.colleague.works():
        assert Call.objects.count() == 1
        assert changed("UPDATE hotline_call SET operator_id = %s", people.colleague.officer.pk) == 0
    with people.elsewhere.works():
        assert not Call.objects.exists()


def test_a_call_that_ended_stays_as_it_was(people):
    filed(people.operator, on_line(people.operator, told=notes()))

    with people.operator.works():
        assert changed("UPDATE hotline_call SET outcome = 'prank'") == 0
        assert changed("UPDATE hotline_call SET ended_at = NULL, outcome = ''") == 0
        assert changed("UPDATE hotline_draft SET holds = 'notes'") == 0


def test_nobody_takes_a_call_that_was_not_offered_to_their_desk(people):
    call = on_line(people.operator, told=notes())
    handed(people.operator, call, people.colleague.desk.pk)
    mine = "UPDATE hotline_call SET operator_id = %s"

    with people.elsewhere.works():
        assert changed(mine, people.elsewhere.officer.pk) == 0
    with people.colleague.works():
        assert changed(mine, people.elsewhere.officer.pk) == 0  # for somebody else
        assert changed(mine, people.colleague.officer.pk) == 1


def test_a_giver_can_neither_take_nor_name_who_took(people):
    call = on_line(people.operator, told=notes())
    handed(people.operator, call, people.operator.desk.pk)
    take = "UPDATE hotline_handover SET taken_at = now(), taken_by_id = %s"

    with people.operator.works():
        assert changed(take, people.operator.officer.pk) == 0
        assert changed(take, people.colleague.officer.pk) == 0


def test_what_was_taken_is_not_given_back_by_hand(people):
    call = on_line(people.operator, told=notes())
    taken(people.colleague, handed(people.operator, call, people.colleague.desk.pk))

    with people.operator.works():
        assert Handover.objects.count() == 1
        assert changed("UPDATE hotline_handover SET taken_at = NULL, taken_by_id = NULL") == 0
        assert changed("UPDATE hotline_call SET operator_id = %s", people.operator.officer.pk) == 0


def put_in(report, channel):
    values = {field.attname: getattr(report, field.attname) for field in report._meta.fields}
    try:
        with transaction.atomic():
            Report(**{**values, "id": uuid4(), "channel": channel}).save(force_insert=True)
    except ProgrammingError:
        return False
    return True


def test_an_operator_says_of_a_report_only_that_it_came_by_telephone(people):
    filed(people.operator, on_line(people.operator, told=notes()))
    report = Report.objects.get()

    with people.operator.works():
        assert {each for each in Report.Channel.values if put_in(report, each)} == {"phone"}
    with people.intake.works():
        assert not put_in(report, "phone")


@contextmanager
def any_seat_will_do():
    ask("SET LOCAL session_replication_role = replica")
    yield


@threat("B1", off=any_seat_will_do)
def test_an_operator_is_never_seated_where_reports_are_received(people):
    Officer.objects.filter(pk=people.operator.officer.pk).update(agency=people.intake.desk.agency)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(officer=people.operator.officer, desk=people.intake.desk)


def test_nor_does_somebody_seated_there_become_an_operator(people):
    seated = Officer.objects.filter(pk=people.intake.officer.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        seated.update(roles=["hotline_operator"])


def test_a_call_ends_with_a_code_and_after_it_began(people):
    call = on_line(people.operator)
    for wrong in ({"ended_at": NOON}, {"outcome": "prank"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**wrong)
