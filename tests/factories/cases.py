"""Reports, cases and what hangs on them, each whole and valid, made without the way there.

Made by their own operations they would need a whole journey; these are for tests that are about
one of them. Each leaves the ledger whole.
"""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases import merged
from himaya.cases.merged import all_of_one
from himaya.cases.models import Case, Person, TrackState
from himaya.cases.tracks import begin, pack_of
from himaya.consent.models import Consent
from himaya.identification.models import Screening
from himaya.justice.models import Lawsuit
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from himaya.vault.models import Compartment, Grant
from himaya.vault.queries import readers
from himaya.vault.seal import Circle, open_circle, seal
from tests.factories.moments import NOON
from tests.factories.offices import TESTS
from tests.factories.offices import desk as some_desk

SOON = NOON + timedelta(days=3)
_numbers = count(1)


def report(desk: Desk, **changes: object) -> Report:
    """A report that this desk received over the web and has not rated."""
    made = Report.objects.create(
        **{
            "received_at": NOON,
            "channel": Report.Channel.WEB,
            "language": "en",
            "desk": desk,
            "due_at": SOON,
            "size_class": 256,
        }
        | changes
    )
    record(act="tests.report", actor=TESTS, at=NOON, subject_id=made.pk, rows=[made])
    return made


def case(desk: Desk, identification_desk: Desk | None = None, **changes: object) -> Case:
    """An open case that this desk leads, with every track at its start."""
    person = Person.objects.create(made_at=NOON)
    made = Case.objects.create(
        **{
            "person": person,
            "pseudonym": f"T-{next(_numbers):05}",
            "channel": "web",
            "desk": desk,
            "identification_desk": identification_desk or desk,
            "pack": code_of(current()),
            "opened_at": NOON,
        }
        | changes
    )
    tracks = begin(case=made, at=NOON, further={})
    record(act="tests.case", actor=TESTS, at=NOON, subject_id=made.pk, rows=[person, made, *tracks])
    return made


def compartment(
    subject: Case | Report,
    *desks: Desk,
    kind: Compartment.Kind = Compartment.Kind.NEEDS,
    **words: str,
) -> Circle:
    """A compartment of a case or a report that these desks can open, with these words in it."""
    circle = open_circle(
        kind=kind,
        subject_id=subject.pk,
        readers=readers([desk.pk for desk in desks], Grant.Reason.CASE),
        at=NOON,
    )
    items = [
        seal(epoch=circle.epoch, name=name, content=text.encode(), at=NOON)
        for name, text in words.items()
    ]
    rows = [circle.compartment, circle.epoch, *circle.grants, *items]
    record(act="tests.compartment", actor=TESTS, at=NOON, subject_id=subject.pk, rows=rows)
    return circle


def screening(case: Case, **changes: object) -> Screening:
    """A screening that the case's identification desk was asked for."""
    made = Screening.objects.create(
        **{
            "subject_id": case.pk,
            "pseudonym": case.pseudonym,
            "desk": case.identification_desk,
            "pack": case.pack,
            "asked_at": NOON,
            "due_at": SOON,
        }
        | changes
    )
    record(act="tests.screening", actor=TESTS, at=NOON, subject_id=case.pk, rows=[made])
    return made


def consent(case: Case, recipient: Desk, **changes: object) -> Consent:
    """A consent to share the person's needs with this desk."""
    made = Consent.objects.create(
        **{
            "case": case,
            "recipient": recipient,
            "purpose": Consent.Purpose.SHELTER,
            "kinds": [Compartment.Kind.NEEDS],
            "language": "en",
            "state": Consent.State.GRANTED,
            "method": Consent.Method.SPOKEN,
            "given_by": Consent.Giver.PERSON,
            "series": uuid4(),
            "asked_at": NOON,
            "given_at": NOON,
            "until": NOON + timedelta(days=90),
        }
        | changes
    )
    record(act="tests.consent", actor=TESTS, at=NOON, subject_id=case.pk, rows=[made])
    return made


def referral(case: Case, receiver: Desk | None = None, **changes: object) -> Referral:
    """A referral that the case's desk sent to this desk, with consent."""
    receiver = receiver or some_desk(Desk.Kind.SHELTER)
    values = {
        "case": case,
        "pseudonym": case.pseudonym,
        "sender": case.desk,
        "receiver": receiver,
        "informed": True,
        "priority": Referral.Priority.NORMAL,
        "state": Referral.State.SENT,
        "made_at": NOON,
        "sent_at": NOON,
        "due_at": SOON,
    } | changes
    if not values.get("duty"):
        values.setdefault("consent", consent(case, receiver))
    made = Referral.objects.create(**values)
    record(act="tests.referral", actor=TESTS, at=NOON, subject_id=case.pk, rows=[made])
    return made


def lawsuit(referral: Referral, **changes: object) -> Lawsuit:
    """A lawsuit that the receiving prosecution opened on a referral."""
    made = Lawsuit.objects.create(
        **{
            "referral": referral,
            "case_id": referral.case_id,
            "pseudonym": referral.pseudonym,
            "desk": referral.receiver,
            "offences": ["law_91_2013:2"],
            "opened_at": NOON,
        }
        | changes
    )
    record(act="tests.lawsuit", actor=TESTS, at=NOON, subject_id=made.pk, rows=[made])
    return made


def tracks_of(case: Case) -> dict[str, TrackState]:
    """Track id → where it stands; of a case that took others over, where the person stands."""
    rows = [list(each) for each in merged.asked_for(case)]
    return {track.track: track for track in merged.held(pack_of(case), case, rows)}


def cases_of(person: Person) -> set[Case]:
    """Every case of a person, and of all who turned out to be them, that the role may see."""
    return set(Case.objects.filter(person__in=all_of_one(person.pk)))
