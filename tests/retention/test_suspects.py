"""Names of suspects: how long they are kept after their inquiry, and what keeps them longer."""

from datetime import timedelta

import pytest

from himaya.cases.models import Case
from himaya.inquiries.models import Inquiry, Member, Suspect
from himaya.inquiries.operations import leading, suspects
from himaya.packs.loader import current
from himaya.retention.models import Forecast, Tombstone
from himaya.retention.operations.foresee import foresee
from himaya.retention.operations.review import review
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment
from tests.factories import cases, holding, persons
from tests.factories.endings import RETENTION, before_court, grants_now, opens, round_of, sealed_now
from tests.factories.moments import NOON
from tests.factories.roles import as_role

pytestmark = pytest.mark.slow
MONTH = timedelta(days=31)
KEPT = 60 * MONTH
NAME = "canary name of a suspect"


@pytest.fixture
def suspect(people):
    """Somebody suspected in an inquiry into a case of the case workers."""
    made = persons.inquired(people, lambda _name: NAME)
    case = cases.case(people.worker.desk, people.identifier.desk)
    Member.objects.filter(pk=made["member_id"]).update(
        case_id=case.pk, pseudonym=case.pseudonym, person=None
    )
    return Suspect.objects.get(pk=made["suspect_id"])


def case_of(suspect):
    """The case of their inquiry."""
    return Case.objects.get(pk=Member.objects.get(inquiry=suspect.inquiry_id).case_id)


def ended(people, suspect, at=NOON):
    """The inquiry is closed."""
    with people.prosecutor.works():
        leading.close_inquiry(actor=people.prosecutor.actor, inquiry_id=suspect.inquiry_id, at=at)


def named(suspect):
    """Whether the name still stands."""
    return Compartment.objects.get(pk=suspect.name_id).shredded_at is None


def let_go(people, suspect, at):
    """The data protection officer looks, and lets the name go."""
    with as_role("worker"):
        foresee(actor=RETENTION, at=at)
    with people.overseer.works():
        review(
            actor=people.overseer.actor, subject_id=suspect.pk, rule="suspects", keep=False, at=at
        )


def test_it_is_kept_while_the_inquiry_runs_and_goes_when_somebody_has_looked(people, suspect):
    round_of(NOON + 3 * KEPT)
    assert named(suspect)

    ended(people, suspect)
    round_of(NOON + KEPT - 2 * MONTH)
    assert named(suspect)
    round_of(NOON + KEPT)
    assert named(suspect)  # nobody has looked yet

    before, grants = sealed_now(), grants_now()
    let_go(people, suspect, NOON + KEPT)
    round_of(NOON + KEPT + MONTH)

    assert not named(suspect)
    stone = Tombstone.objects.get(target_id=suspect.name_id)
    assert (stone.rule, stone.subject_id) == ("suspects", suspect.pk)
    assert NAME.encode() not in b"".join(sealed_now().values())
    assert any(opens(content, grants) == NAME.encode() for content in before.values())
    left = grants_now()
    assert not any(
        opens(content, left) == NAME.encode() for content in sealed_now().values() if content
    )
    assert not any(opens(content, left) == NAME.encode() for content in before.values())
    with people.prosecutor.works(), pytest.raises(NotGranted):
        suspects.read_name(
            actor=people.prosecutor.actor,
            keyring=people.prosecutor.keyring,
            suspect_id=suspect.pk,
            reason="own_work",
            at=NOON,
        )


def held(people, suspect):
    holding.held(people, case_of(suspect).pseudonym)


def in_court(people, suspect):
    before_court(case_of(suspect))


@pytest.mark.parametrize(("keep", "waits"), [(held, "hold"), (in_court, "proceedings")])
def test_a_hold_or_a_trial_of_any_case_of_the_inquiry_keeps_it(people, suspect, keep, waits):
    ended(people, suspect)
    let_go(people, suspect, NOON + KEPT)
    keep(people, suspect)

    round_of(NOON + KEPT + MONTH)

    assert named(suspect)
    with as_role("worker"):
        foresee(actor=RETENTION, at=NOON + KEPT + MONTH)
    assert Forecast.objects.get(subject_id=suspect.pk).waits_for == waits


def test_a_hold_on_another_case_keeps_nothing(people, suspect):
    ended(people, suspect)
    let_go(people, suspect, NOON + KEPT)
    holding.held(people, cases.case(people.worker.desk, people.identifier.desk).pseudonym)

    round_of(NOON + KEPT + MONTH)

    assert not named(suspect)


def test_every_kind_of_a_suspects_content_has_a_rule(suspect):
    kinds = {kind for rule in current().retention if rule.of == "suspect" for kind in rule.kinds}

    assert Compartment.objects.get(pk=suspect.name_id).kind in kinds
    assert Inquiry.objects.get(pk=suspect.inquiry_id).closed_at is None
