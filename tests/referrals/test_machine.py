"""Any order of acts by anybody leaves a referral where a plain table says, and keys with it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.referrals.models import Referral
from himaya.referrals.operations.escalating import escalate_silent
from himaya.vault.models import Compartment, Grant
from tests.factories import journey
from tests.factories.fixtures import undone
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a long series

# (state, who, act) → state: what a plain reader of the national pathway expects, and nothing else.
EXPECTED = {
    ("draft", "worker", "check"): "checked",
    ("checked", "worker", "check"): "checked",
    ("checked", "worker", "send"): "sent",
    ("sent", "shelter", "see"): "acknowledged",
    ("acknowledged", "shelter", "accept"): "accepted",
    ("acknowledged", "shelter", "decline"): "declined",
    ("accepted", "shelter", "begin"): "in_service",
    ("in_service", "shelter", "end"): "completed",
    **{
        (state, "worker", "withdraw"): "withdrawn"
        for state in ("draft", "checked", "sent", "acknowledged", "accepted")
    },
}
AWAKE = {"accepted", "in_service"}
ACTS = st.tuples(
    st.sampled_from(["worker", "shelter", "other_shelter"]),
    st.sampled_from(
        ["check", "send", "see", "accept", "decline", "begin", "end", "withdraw", "silence"]
    ),
)


def do(people, referral, who, act):
    """This officer tries that; what is refused changes nothing."""
    seat = getattr(people, who)
    one = {"actor": seat.actor, "referral_id": referral.pk, "at": NOON}
    keyed = one | {"keyring": seat.keyring}
    said = {"reason": "no_place", "words": ""}
    ended = {"outcome": "served", "words": "", "declared": {"person_chose"}}
    held = {"declared": {"place_held"}}
    seen = mark(people, referral)
    acts = {
        "check": lambda: journey.showing.preview(**keyed, reason="own_work"),
        "send": lambda: journey.sending.send(**keyed, mark=seen),
        "see": lambda: journey.answering.acknowledge(**one),
        "accept": lambda: journey.answering.accept(**one, **held),
        "decline": lambda: journey.answering.decline(**one, **said),
        "begin": lambda: journey.answering.begin(**one, **held),
        "end": lambda: journey.completing.complete(**one, **ended),
        "withdraw": lambda: journey.sending.withdraw(**one),
    }
    with seat.works():
        acts[act]()


def mark(people, referral):
    """What the preview's form holds."""
    parts = journey.showing.parts_of(referral.case, referral.kinds)
    return journey.showing.mark_of(referral, [*parts, journey.showing.words_of(referral)])


# Each example is undone by itself; the fixtures only bring what stood there before all of them.
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=4, max_size=14))
def test_any_order_of_acts_ends_where_the_table_says(people, case, acts):
    with undone():
        journey.noted(people, case, Compartment.Kind.NEEDS, "words")
        consent = journey.consented(people, case, kinds=["needs"])
        referral = journey.drafted(people, case, consent)
        state, woken = "draft", False
        for who, act in acts:
            if act == "silence":
                silent = Referral.objects.get(pk=referral.pk)
                woke = silent.due_at is not None and bool(
                    escalate_silent(actor=job("clocks"), at=silent.due_at)
                )
                assert woke is (state in {"sent", "acknowledged"} and not woken)
                woken = woken or woke
                continue
            expected = EXPECTED.get((state, who, act))
            try:
                do(people, referral, who, act)
            except Refusal:
                assert expected is None, (state, who, act)
            else:
                assert expected is not None, (state, who, act)
                state = expected
            assert Referral.objects.get(pk=referral.pk).state == state
            awake = Grant.objects.filter(desk=people.shelter.desk, dormant=False)
            assert awake.filter(compartment__kind="needs").exists() is (state in AWAKE)
