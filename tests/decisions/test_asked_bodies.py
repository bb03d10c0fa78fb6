"""The body that a country names decides, also where it must be asked by a referral first."""

from datetime import timedelta

import pytest
from django.urls import reverse

from himaya.agencies.models import Agency, Desk
from himaya.cases.models import Case, Move, TrackState
from himaya.consent.models import Consent
from himaya.kernel.errors import NotKnown
from himaya.packs import deciders
from himaya.packs.deciders import Place, to_be_asked
from himaya.pathway import asked as asking
from himaya.pathway.errors import TakenElsewhere
from himaya.pathway.operations import deciding, steps
from himaya.pathway.operations.steps import Stated
from himaya.pathway.sections.doing import of_referral
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.countries import PACKS, in_force
from tests.factories.deciding import view
from tests.factories.fixtures import db, people, undone
from tests.factories.moments import NOON
from tests.factories.offices import agency, desk
from tests.factories.people import everybody, seat
from tests.factories.refusals import refusal_of
from tests.factories.threats import threat

__all__ = ["db", "people"]
pytestmark = pytest.mark.slow  # a long series, in every country
WHEN = NOON + timedelta(days=40)  # one country decides not before thirty days
SAID = Stated(conditions=["person_chose", "informed"], words="As told.")
LETTER = "This is what was found."


@pytest.fixture(scope="module", params=PACKS, ids=lambda path: path.name)
def country(request):
    """Each pack that is delivered, in force."""
    with in_force(request.param) as pack:
        yield pack


@pytest.fixture(scope="module")
def scene(country, django_db_setup, django_db_blocker):
    """An officer of each role in that country."""
    with django_db_blocker.unblock(), undone():
        yield everybody()


@pytest.fixture
def presumed(people):
    """A case whose person is presumed a victim, with something in the file to share."""
    case = journey.opened(people)
    journey.screened(people, case)
    journey.presumed(people, case)
    journey.described(people, case)
    journey.noted(people, case, Compartment.Kind.IDENTITY, "Her name is kept here.")
    return case


def stands(case):
    """Where the identification stands."""
    return TrackState.objects.get(case=case, track="identification").state


def own(case):
    """The desks of a case."""
    desks = Desk.objects.filter(pk__in=[case.desk_id, case.identification_desk_id])
    return [Place(each.kind, each.agency.code) for each in desks]


def worker_takes(people, case, step):
    """The case worker takes a step of the case."""
    with people.worker.works():
        steps.take(
            actor=people.worker.actor, case_id=case.pk, step_id=step.id, stated=SAID, at=WHEN
        )


def leads_to(people, case, pack, spec):
    """Bring the case to where the decision is weighed, by a step of whoever leads it."""
    track, origins = pack.step(spec.yes).track, pack.step(spec.yes).origins
    if stands(case) not in origins:
        found = (step for step in pack.steps_from(track, stands(case)) if step.to in origins)
        worker_takes(people, case, next(found))


def desk_of(pack, body):
    """The desk of a body at which it decides, and the role of who sits there."""
    spec = next(
        each for each in pack.desks if each.agency == body.id and each.kind in deciders.ASKED
    )
    found = Desk.objects.filter(code=spec.id).first()
    role = "prosecutor" if spec.kind == "PROSECUTION" else "identification_officer"
    return found or desk(Desk.Kind(spec.kind), of=agency(spec.agency), code=spec.id), role


def asked(people, case, pack, body):
    """The referral by which a body was asked and which it accepted; and one of its officers."""
    place, role = desk_of(pack, body)
    officer = seat(role, place)
    consent = None
    if not deciders.obliged(pack, body):
        consent = journey.consented(
            people, case, to=place, kinds=["identity"], purpose=Consent.Purpose.OTHER
        )
    sent = journey.sent(people, journey.drafted(people, case, consent, to=place))
    journey.acknowledged(officer, sent)
    return journey.accepted(officer, sent, ()), officer


def decided(people, case, pack, spec, outcome):
    """As many officers as it needs, who have decided nothing yet, come to an end; the referral."""
    leads_to(people, case, pack, spec)
    bodies = to_be_asked(pack, pack.step(spec.yes), own(case))
    if not bodies:
        by_case(people, case, spec, outcome)
        return None
    referral, officer = asked(people, case, pack, bodies[0])
    by_referral(officer, referral, spec, outcome)
    return referral


def by_case(people, case, spec, outcome):
    """Officers of the desk that identifies the person decide."""
    officers = [seat("identification_officer", people.identifier.desk) for _ in range(spec.persons)]
    letter = LETTER if spec.persons == 1 else ""
    for who in officers:
        act = {"actor": who.actor, "case_id": case.pk, "step_id": spec.yes, "at": WHEN}
        with who.works():
            deciding.weigh(**act, view=view(outcome), letter=letter)
    if spec.persons > 1:
        with who.works():
            deciding.make(**act, letter=LETTER)


def by_referral(officer, referral, spec, outcome):
    """Officers of the desk that was asked decide, who see no case."""
    role = "prosecutor" if officer.desk.kind == "PROSECUTION" else "identification_officer"
    officers = [officer, *(seat(role, officer.desk) for _ in range(spec.persons - 1))]
    letter = LETTER if spec.persons == 1 else ""
    for who in officers:
        act = {"actor": who.actor, "referral_id": referral.pk, "step_id": spec.yes, "at": WHEN}
        with who.works():
            assert not Case.objects.filter(pk=referral.case_id).exists()
            deciding.weigh_referred(**act, view=view(outcome), letter=letter)
    if spec.persons > 1:
        with who.works():
            deciding.make_referred(**act, letter=LETTER)


def again_after(pack, spec):
    """The decision by which somebody looks again at a no."""
    no = pack.step(spec.no)
    ways = {step.to for step in pack.steps_from(no.track, no.to)}
    return next(
        each for each in pack.decisions if each.again and ways & set(pack.step(each.yes).origins)
    )


def test_from_a_presumption_over_a_no_to_the_body_that_looks_again(country, people, presumed):
    first = country.decision_by("confirm")
    again = again_after(country, first)

    ended = decided(people, presumed, country, first, "no")
    assert stands(presumed) == country.step(first.no).to
    if ended is not None:
        journey.completed(seat_of(ended), ended, declared=())
    decided(people, presumed, country, again, "yes")

    assert stands(presumed) == country.step(again.yes).to
    last = Move.objects.filter(case=presumed, decides="again").get()
    body = Agency.objects.get(pk=last.agency).code
    named = country.step(again.yes).agencies
    assert body in named if named else body == people.identifier.desk.agency.code


def seat_of(referral):
    """One more officer of the desk that answers a referral."""
    role = "prosecutor" if referral.receiver.kind == "PROSECUTION" else "identification_officer"
    return seat(role, referral.receiver)


def test_the_page_of_the_case_offers_to_ask_whoever_must_be_asked(country, people, presumed):
    specs = [country.decision_by("confirm"), again_after(country, country.decision_by("confirm"))]
    for spec in specs:
        leads_to(people, presumed, country, spec)
        bodies = to_be_asked(country, country.step(spec.yes), own(presumed))
        case_page = reverse("pathway:case", args=[presumed.pk])
        page = Browser(people.worker).get(case_page)

        offered = [f"Ask {body.label.en} by a referral" for body in bodies]
        assert all(words in words_of(page) for words in offered)
        assert ("by a referral" in words_of(page)) is bool(bodies)
        if bodies:
            assert reverse("referrals:draft", args=[presumed.pk]) in page.content.decode()
            referral, officer = asked(people, presumed, country, bodies[0])
            after = Browser(people.worker).get(case_page)
            assert "has been asked by a referral" in words_of(after)
            assert reverse("referrals:show", args=[referral.pk]) in after.content.decode()
            by_referral(officer, referral, spec, "no")
            journey.completed(officer, referral, declared=())
        else:
            by_case(people, presumed, spec, "no")


def test_every_decision_is_somebodys_whichever_desk_identifies_the_person(country):
    for case_desk in country.desks:
        if case_desk.kind != "IDENTIFICATION":
            continue
        place = Place(case_desk.kind, case_desk.agency)
        for spec in country.decisions:
            for name in spec.steps:
                step = country.step(name)
                assert deciders.takes(step, place) or to_be_asked(country, step, [place]), name


def another_identification_desk(country, people):
    """A desk of the country that identifies people, and not the one of the case."""
    spec = [each for each in country.desks if each.kind == "IDENTIFICATION"][-1]
    place = desk(Desk.Kind.IDENTIFICATION, of=agency(spec.agency), code=spec.id)
    assert place.pk != people.identifier.desk.pk
    return seat("identification_officer", place)


@pytest.fixture
def elsewhere(country, people, presumed):
    """An officer of another identification desk, which was asked for something else."""
    officer = another_identification_desk(country, people)
    consent = journey.consented(
        people, presumed, to=officer.desk, kinds=["identity"], purpose=Consent.Purpose.OTHER
    )
    sent = journey.sent(people, journey.drafted(people, presumed, consent))
    journey.acknowledged(officer, sent)
    return officer, journey.accepted(officer, sent, ())


def weighs_first_look(officer, referral, country):
    """That officer weighs what the desk of the case decides itself."""
    with officer.works():
        deciding.weigh_referred(
            actor=officer.actor,
            referral_id=referral.pk,
            step_id="presume_after_all",
            view=view("yes"),
            letter=LETTER,
            at=WHEN,
        )


class Everybody:
    """Whoever was asked for anything may decide anything: the rule is gone."""

    def __enter__(self):
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("himaya.pathway.weighing.is_asked", lambda *_: True)

    def __exit__(self, *_):
        self.patch.undo()


@threat("B2", off=Everybody)
def test_a_desk_that_was_asked_for_something_else_decides_nothing(
    country, people, presumed, elsewhere
):
    TrackState.objects.filter(case=presumed, track="identification").update(
        state=country.step("presume_after_all").origins[0]
    )
    officer, referral = elsewhere

    assert refusal_of(weighs_first_look, officer, referral, country) is NotKnown
    assert asking.own_desks(presumed.pk) == set(own(presumed))


def test_such_a_desk_sees_where_the_identification_stands_and_moves_nothing_by_hand(
    country, people, presumed, elsewhere
):
    TrackState.objects.filter(case=presumed, track="identification").update(state="not_presumed")
    officer, referral = elsewhere

    with officer.works():
        seen = set(TrackState.objects.filter(case=presumed).values_list("track", flat=True))
        lanes = of_referral(officer.actor, referral, WHEN)
    assert seen == {"identification", "telling"}
    assert [line.step for lane in lanes for line in (*lane.open, *lane.closed)] == []
    assert refusal_of(screens_again, officer, referral) is TakenElsewhere


def screens_again(officer, referral):
    """That officer wants to send the case back to a screening."""
    with officer.works():
        steps.take_referred(
            actor=officer.actor,
            referral_id=referral.pk,
            step_id="screen_again",
            stated=SAID,
            at=WHEN,
        )
