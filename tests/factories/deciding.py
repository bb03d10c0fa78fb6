"""Decisions on their way: a person before the prosecution, a no that is looked at again, a view."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from himaya.cases.models import Case, Move
from himaya.decisions.models import Decision
from himaya.decisions.rules import Fact, View
from himaya.pathway.operations import deciding, steps
from himaya.pathway.operations.steps import Stated
from himaya.referrals.models import Referral, SentFact
from himaya.vault.models import Compartment
from tests.factories import cases, journey
from tests.factories.moments import NOON
from tests.factories.people import People, Seat, seat

FACT = Fact("account", "some", "CANARY-FACT the door was locked", "CANARY-DOUBT nobody saw it")
SHOWN = {"act": "shown", "means": "shown", "purpose": "shown"}


def view(outcome: str = "yes", found: Mapping[str, str] = SHOWN, **changes: object) -> View:
    """A view in which each criterion that is shown rests on a fact."""
    values: dict[str, object] = {
        "reasons": "CANARY-REASONS it holds together",
        "facts": {name: [FACT] for name, value in found.items() if value == "shown"},
    } | changes
    return View(outcome=outcome, found=found, **values)  # type: ignore[arg-type]  # as View has them


def before_the_prosecution(people: People, case: Case, *, child: str = "no") -> Referral:
    """A referral that the prosecution has accepted, and that says how old the person is."""
    sent = cases.referral(
        case, people.prosecutor.desk, state="accepted", answered_at=NOON, acknowledged_at=NOON
    )
    SentFact.objects.create(referral=sent, fact="child", value=child)
    cases.compartment(sent, case.desk, sent.receiver, kind=Compartment.Kind.REFERRAL)
    return sent


def second_of(first: Seat, role: str) -> Seat:
    """One more officer of the same desk."""
    return seat(role, first.desk)


def weighs(who: Seat, referral: Referral, said: View | None = None, **changes: object) -> Decision:
    """An officer of the desk that confirms writes down a view."""
    values = {"step_id": "confirm", "view": said or view(), "at": NOON} | changes
    with who.works():
        return deciding.weigh_referred(actor=who.actor, referral_id=referral.pk, **values)  # type: ignore[arg-type]  # as the operation has them


def makes(who: Seat, referral: Referral, **changes: object) -> Decision:
    """An officer of the desk that confirms makes the decision."""
    values = {"step_id": "confirm", "letter": "It was found that you were used.", "at": NOON}
    with who.works():
        return deciding.make_referred(
            actor=who.actor, referral_id=referral.pk, **(values | changes)
        )  # type: ignore[arg-type]  # as the operation has them


def looks_again(who: Seat, case: Case, said: View | None = None, **changes: object) -> Decision:
    """An identification officer looks again at a no, and decides."""
    values = {
        "step_id": "presume_after_all",
        "view": said or view(),
        "letter": "We looked again.",
        "at": NOON,
    } | changes
    with who.works():
        return deciding.weigh(actor=who.actor, case_id=case.pk, **values)  # type: ignore[arg-type]  # as the operation has them


def weighed_about(people: People, referral: Referral, words: Callable[[str], str]) -> None:
    """One officer of the desk that confirms has weighed it, in words of the ground."""
    fact = Fact("account", "some", words("fact"), words("doubt"))
    said = view(reasons=words("own reasons"), facts={name: [fact] for name in SHOWN})
    weighs(people.prosecutor, referral, said)


def addresses(case_id: UUID, referral: Referral) -> dict[str, Mapping[str, object]]:
    """What stands in the addresses of decisions: a step that decides, and what was decided."""
    move = Move.objects.get(case=case_id, step="presume")
    acts = ("decide", "make", "weighed")
    told = {"case_id": case_id, "move_id": move.pk}
    return {
        **{f"pathway:{act}": {"case_id": case_id, "step_id": "confirm"} for act in acts},
        **{
            f"pathway:{act}_referred": {"referral_id": referral.pk, "step_id": "confirm"}
            for act in acts
        },
        "decisions:told": told,
        "decisions:letter": told,
    }


def refused(people: People, case: Case) -> Case:
    """A person who was not presumed a victim, and asked that somebody looks again."""
    journey.screened(people, case)
    journey.presumed(people, case, presumed=False)
    with people.worker.works():
        steps.take(
            actor=people.worker.actor,
            case_id=case.pk,
            step_id="ask_reconsideration",
            stated=Stated(conditions=["person_chose"]),
            at=NOON,
        )
    return Case.objects.get(pk=case.pk)


@contextmanager
def every_view_shown() -> Iterator[None]:
    """Whoever sees a decision sees every officer's view of it; the test's end takes it back."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE decisions_opinion DISABLE ROW LEVEL SECURITY")
    yield


@contextmanager
def nobody_asked() -> Iterator[None]:
    """The database asks nothing when a view is written, a step taken or a decision made."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
