"""Many rows at once, for tests of how a list behaves when it is long: whole, and known to nobody.

Made by the database itself, so they are in no ledger. One desk in ten is the one that is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from himaya.agencies.models import Desk
from himaya.cases.models import Case, Closure, Person, TrackState
from himaya.clocks.models import Deadline
from himaya.identification.models import Screening
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.reporting.models import Message, Report
from tests.factories.people import People

NOW = "now() - n * interval '3 minutes'"  # of n in a growing series: the newest first
UUID = "md5('{kind}' || n)::uuid"
ANALYZED = (Person, Case, TrackState, Report, Screening, Referral, Deadline, Closure, Message)


@dataclass(frozen=True)
class Volume:
    """How many of each there are. The first desk of each kind has one in `share` of them."""

    cases: int
    share: int = 10


def fill(people: People, volume: Volume) -> None:
    """A country's cases, reports, referrals and deadlines, and statistics of them."""
    number, share = volume.cases, volume.share
    lead = _one_of(Desk.Kind.CASEWORK, people.worker.desk, share)
    identifies = _one_of(Desk.Kind.IDENTIFICATION, people.identifier.desk, share)
    intake = _one_of(Desk.Kind.INTAKE, people.intake.desk, share)
    shelter = _one_of(Desk.Kind.SHELTER, people.shelter.desk, share)
    closing = current().track(current().step("request_closure").track)
    _insert(Person, number, {"id": _id("person"), "made_at": NOW})
    _insert(
        Case,
        number,
        {
            "id": _id("case"),
            "person_id": _id("person"),
            "pseudonym": "chr(65 + n % 22) || chr(65 + n / 22 % 22) || '-'"
            " || lpad(n::text, 7, '0')",
            "channel": "'web'",
            "desk_id": lead,
            "identification_desk_id": identifies,
            "pack": f"'{code_of(current())}'",
            "opened_at": NOW,
            "state": f"CASE WHEN n > {number} * 0.15 THEN 'closed' ELSE 'open' END",
            "outcome": f"CASE WHEN n > {number} * 0.15 THEN 'protected' ELSE '' END",
            "closed_at": f"CASE WHEN n > {number} * 0.15 THEN now() - n * interval '2 minutes' END",
            "status": "CASE WHEN n % 50 < 1 THEN 'none' WHEN n % 5 < 4 THEN 'presumed'"
            " ELSE 'not_presumed' END",
            "place": _one_of_codes([district.id for district in current().districts]),
            "exploitation": "CASE WHEN n % 1000 = 0 THEN '{organ_removal}'"
            " WHEN n % 3 = 0 THEN '{other_sexual}' ELSE '{forced_labour}' END::varchar[]",
            "danger": _one_of_codes(["high", "medium", "low", ""]),
        },
    )
    _insert(
        TrackState,
        number,
        {"id": _id("track"), "case_id": _id("case"), "since": NOW}
        | {"track": f"'{closing.id}'", "state": f"'{closing.start}'"},
    )
    _insert(
        Screening,
        number,
        {
            "id": _id("screening"),
            "subject_id": _id("case"),
            "pseudonym": "'S-' || n",
            "desk_id": identifies,
            "asked_at": NOW,
            "due_at": f"{NOW} + interval '5 days'",
            "state": "CASE WHEN n % 50 = 1 THEN 'asked' ELSE 'taken' END",
            "taken_at": f"CASE WHEN n % 50 = 1 THEN NULL ELSE {NOW} END",
            "act_present": "CASE WHEN n % 50 = 1 THEN NULL ELSE true END",
            "instrument": "CASE WHEN n % 50 = 1 THEN '' ELSE 'adult_labour' END",
            "advice": "CASE WHEN n % 50 = 1 THEN '' ELSE 'trafficking' END",
            "officer_view": "CASE WHEN n % 50 = 1 THEN '' ELSE 'agree' END",
        },
    )
    _insert(
        Report,
        number,
        {
            "id": _id("report"),
            "received_at": NOW,
            "channel": "'web'",
            "language": "'en'",
            "desk_id": intake,
            "size_class": "256",
            "state": "CASE WHEN n % 20 = 0 THEN 'received' ELSE 'linked' END",
            "due_at": f"CASE WHEN n % 20 = 0 THEN {NOW} + interval '1 day' END",
            "danger": "CASE WHEN n % 400 = 0 THEN '{now}' ELSE '{}' END::varchar[]",
        },
    )
    _insert(
        Referral,
        number,
        {
            "id": _id("referral"),
            "case_id": _id("case"),
            "pseudonym": "'R-' || n",
            "sender_id": lead,
            "receiver_id": shelter,
            "duty": "'x'",
            "informed": "true",
            "priority": _one_of_codes(["emergency", "urgent", "normal", "normal"]),
            "state": "CASE n % 20 WHEN 0 THEN 'sent' WHEN 1 THEN 'accepted' ELSE 'completed' END",
            "outcome": "CASE WHEN n % 20 < 2 THEN '' ELSE 'served' END",
            "made_at": NOW,
            "sent_at": NOW,
            "due_at": f"{NOW} + interval '3 days'",
            "answered_at": f"CASE n % 20 WHEN 0 THEN NULL ELSE {NOW} END",
            "ended_at": f"CASE WHEN n % 20 < 2 THEN NULL ELSE {NOW} END",
            "news": "CASE WHEN n % 100 = 50 THEN 'completed' ELSE '' END",
        },
    )
    _insert(
        Deadline,
        number // 5,
        {
            "id": _id("deadline"),
            "case_id": _id("case"),
            "pseudonym": "'D-' || n",
            "desk_id": lead,
            "lead_id": lead,
            "track": f"'{closing.id}'",
            "state": f"'{current().step('close_case').origins[0]}'",
            "steps": "'{close_case}'::varchar[]",
            "kind": "'duty'",
            "pack": f"'{code_of(current())}'",
            "rule": "'setting:plan_review'",
            "amount": "30",
            "unit": "'calendar_days'",
            "started_at": NOW,
            "first_due_at": f"{NOW} + interval '30 days'",
            "due_at": f"{NOW} + interval '30 days'",
        },
    )
    _insert(
        Closure,
        number // 1000,
        {"id": _id("closure"), "case_id": _id("case"), "outcome": "'protected'"}
        | {"asked_by": _id("officer"), "asked_at": NOW},
    )
    with connection.cursor() as cursor:
        for model in ANALYZED:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _id(kind: str) -> str:
    return UUID.format(kind=kind)


def _one_of(kind: Desk.Kind, own: Desk, share: int) -> str:
    """One row in so many is the desk's own; the others are spread over the desks of its kind."""
    others = [desk.pk for desk in Desk.objects.filter(kind=kind).exclude(pk=own.pk)]
    spread = _array([str(each) for each in others or [own.pk]])
    chosen = f"({spread})[1 + n / {share} % {len(others) or 1}]"
    return f"CASE WHEN n % {share} = 0 THEN '{own.pk}' ELSE {chosen} END::uuid"


def _one_of_codes(codes: list[str]) -> str:
    return f"({_array(codes)})[1 + n / 7 % {len(codes)}]"


def _array(values: list[str]) -> str:
    return f"ARRAY[{', '.join(repr(value) for value in values)}]::varchar[]"


def _insert(model: type[Model], number: int, said: Mapping[str, str]) -> None:
    """So many rows: columns are what is said of them, or else what a new record has."""
    fields = model._meta.concrete_fields
    columns = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    values = ", ".join(said.get(str(field.column), _blank(field)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, {}) n").format(
                sql.Identifier(model._meta.db_table), columns, sql.SQL(values), sql.Literal(number)
            )
        )


def _blank(field: "Field[object, object]") -> str:
    if isinstance(field, ArrayField):
        return "'{}'"
    value = field.get_default()
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)
