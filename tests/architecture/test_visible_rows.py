"""`visible_to` and the database's policies give the same rows, for every officer one can think of.

The code asks the first; the second holds also where the code forgets to ask. Where a policy lets
in one more circle than `visible_to`, that circle is written down here.
"""

from itertools import combinations
from random import Random

import pytest
from django.db.models import Q

from himaya.agencies.models import Desk
from himaya.cases.models import Case, FurtherCase
from himaya.consent.models import Consent
from himaya.identification.models import Screening
from himaya.justice.models import Lawsuit
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from tests.factories import cases, offices
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.roles import as_officer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Kind = Desk.Kind
SEEDS = (1, 2, 3)


def reports(actor):
    return Report.objects.visible_to(actor)


def cases_and_those_of_own_reports(actor):
    """The desk that received a report sees that it has become a case, on the case's own row; and
    the desk of an earlier case that the person has a new one."""
    led = FurtherCase.objects.filter(earlier__desk_id__in=actor.desk_ids)
    return Case.objects.filter(
        Q(pk__in=Case.objects.visible_to(actor))
        | Q(report__in=reports(actor))
        | Q(pk__in=led.values("case"))
    )


def screenings_and_those_of_own_cases(actor):
    """The desk that leads a case sees how its screening went."""
    return Screening.objects.filter(
        Q(pk__in=Screening.objects.visible_to(actor))
        | Q(subject_id__in=Case.objects.visible_to(actor))
    )


def consents_of_own_cases_and_of_referrals_received(actor):
    """A consent is seen with its case, and by the desk that received a referral resting on it."""
    received = Referral.objects.visible_to(actor).filter(receiver_id__in=actor.desk_ids)
    return Consent.objects.filter(
        Q(case__in=Case.objects.visible_to(actor)) | Q(pk__in=received.values("consent"))
    )


RIGHT = {
    Report: reports,
    Case: cases_and_those_of_own_reports,
    Screening: screenings_and_those_of_own_cases,
    Consent: consents_of_own_cases_and_of_referrals_received,
    Referral: Referral.objects.visible_to,
    Lawsuit: Lawsuit.objects.visible_to,
}
EACH = pytest.mark.parametrize("model", RIGHT, ids=lambda model: model._meta.db_table)


def make_country(seed):
    """Two desks of a kind, and records of all kinds between desks drawn by chance."""
    chance = Random(seed)
    kinds = (Kind.INTAKE, Kind.CASEWORK, Kind.IDENTIFICATION, Kind.SHELTER, Kind.PROSECUTION)
    desks = {kind: [offices.desk(kind) for _ in range(2)] for kind in kinds}

    def one(kind):
        return chance.choice(desks[kind])

    told = [
        cases.report(
            one(Kind.INTAKE), overtaken_by=chance.choice([None, None, *desks[Kind.INTAKE]])
        )
        for _ in range(5)
    ]
    for report in [*chance.sample(told, 4), None]:
        case = cases.case(one(Kind.CASEWORK), one(Kind.IDENTIFICATION), report=report)
        cases.screening(case, desk=one(Kind.IDENTIFICATION))
        cases.consent(case, one(Kind.SHELTER))
        for kind in (Kind.SHELTER, Kind.PROSECUTION):
            state = chance.choice([Referral.State.DRAFT, Referral.State.SENT])
            sent = NOON if state == Referral.State.SENT else None
            made = cases.referral(case, one(kind), state=state, sent_at=sent, due_at=sent)
            if kind == Kind.PROSECUTION:
                cases.lawsuit(made)
    return [desk for some in desks.values() for desk in some]


def actors_at(desks):
    """Every officer of one desk, every officer of two, and one who sits nowhere."""
    ids = [desk.pk for desk in desks]
    seats = [(), *combinations(ids, 1), *combinations(ids, 2)]
    return [Actor(kind="officer", name="case_worker", desk_ids=frozenset(seat)) for seat in seats]


def differences(model, actors):
    """Actors to whom the database shows other rows than the code means to."""
    found = []
    for actor in actors:
        meant = set(RIGHT[model](actor).values_list("pk", flat=True))
        with as_officer(actor):
            shown = {key for (key,) in ask(f"SELECT id FROM {model._meta.db_table}")}
        if meant != shown:
            found.append((actor, meant ^ shown))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_code_and_database_show_every_officer_the_same_rows(seed):
    actors = actors_at(make_country(seed))

    assert len(actors) == 1 + 10 + 45
    for model in RIGHT:
        assert differences(model, actors) == [], f"{model._meta.db_table}, seed {seed}"


@EACH
@pytest.mark.parametrize("change", ["opened", "shut"])
def test_a_policy_that_shows_more_or_less_would_be_found(model, change):
    desks = make_country(SEEDS[0])
    table = model._meta.db_table
    assert model.objects.exists()

    if change == "opened":
        ask(f"CREATE POLICY mistake ON {table} FOR SELECT TO himaya_staff USING (true)")
    else:
        ask(
            f"CREATE POLICY mistake ON {table} AS RESTRICTIVE FOR SELECT"
            " TO himaya_staff USING (false)"
        )

    assert differences(model, actors_at(desks)[:11]) != []


@EACH
def test_what_the_code_shows_is_never_more_than_its_own_circle(model):
    """Nobody who sits nowhere sees anything."""
    make_country(SEEDS[0])

    assert not RIGHT[model](Actor(kind="officer", name="case_worker")).exists()
