"""Referrals to a shelter, with the person's consent, and to the prosecution, by legal duty."""

from datetime import datetime, timedelta

from himaya.consent.models import Consent
from himaya.installation.simulation.lives import DAY, Life
from himaya.installation.simulation.rows.told import Seat, Told, World, one_of
from himaya.installation.simulation.sheets import Sheet, as_text
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind
from himaya.referrals.models import Referral

State, Priority = Referral.State, Referral.Priority
TWO_WEEKS = timedelta(weeks=2)
CONSENT_LASTS = timedelta(days=180)
PRIORITIES = {"high": Priority.EMERGENCY, "medium": Priority.URGENT, "low": Priority.NORMAL}
SHELTER, PROSECUTION = DeskKind.SHELTER.value, DeskKind.PROSECUTION.value
SEEN = 0.5  # of the referrals that wait
PARTS = ("needs",)


def duty_of(pack: Pack) -> str:
    """The provision of law by which a crime is reported to the prosecution; empty without one."""
    policy = pack.share_policy(DeskKind.PROSECUTION)
    return (policy and policy.duty) or ""


def referrals_of(life: Life, world: World) -> dict[str, str]:
    """Kind of desk → state of the referral there, for each that a person was referred to."""
    found = {}
    if life.sheltered_at is not None and world.desks.sheltering:
        found[SHELTER] = _state(life, life.sheltered_at, world.now)
    if life.reported_at is not None and world.desks.prosecuting and duty_of(world.pack):
        found[PROSECUTION] = _state(life, life.reported_at, world.now)
    return found


def _state(life: Life, at: datetime, now: datetime) -> str:
    if life.closed_at is not None:
        return State.COMPLETED.value
    if now - at > TWO_WEEKS:
        return State.IN_SERVICE.value
    return (State.SENT if life.chance < SEEN else State.ACKNOWLEDGED).value


class ReferralRows:
    """A consent and a referral for each who came to a shelter; a referral for each reported."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._consent = Sheet(
            Consent,
            [
                "id", "series", "case_id", "recipient_id", "language", "state", "asked_at",
                "given_at", "until", "expired_at",
            ],
            {
                "purpose": Consent.Purpose.SHELTER.value,
                "kinds": PARTS,
                "method": Consent.Method.SPOKEN.value,
                "given_by": Consent.Giver.PERSON.value,
            },
        )  # fmt: skip
        self._referral = Sheet(
            Referral,
            [
                "id", "case_id", "pseudonym", "sender_id", "receiver_id", "consent_id", "duty",
                "kinds", "need", "priority", "state", "made_at", "checked_at", "sent_at", "due_at",
                "acknowledged_at", "answered_at", "begun_at", "ended_at", "answer_read_at",
                "outcome",
            ],
            {"informed": True},
        )  # fmt: skip
        self.sheets = (self._consent, self._referral)
        self._duty = duty_of(world.pack)

    def write(self, told: Told) -> None:
        """Both, as far as they came."""
        life, desks = told.life, self._world.desks
        if life.sheltered_at is not None and SHELTER in told.referrals:
            receiver = one_of(desks.sheltering, life, 13)
            consent = self._allow(told, receiver, life.sheltered_at)
            self._refer(told, receiver, Referral.Need.SAFE_PLACE, life.sheltered_at, consent)
        if life.reported_at is not None and PROSECUTION in told.referrals:
            receiver = one_of(desks.prosecuting, life, 17)
            self._refer(told, receiver, Referral.Need.INVESTIGATION, life.reported_at, None)

    def _allow(self, told: Told, receiver: Seat, at: datetime) -> str:
        """A consent, over by the end of the case or by its date."""
        own, given = self._world.ids(), as_text(at)
        until = min(at + CONSENT_LASTS, told.life.closed_at or at + CONSENT_LASTS)
        over = until <= self._world.now
        state = Consent.State.EXPIRED if over else Consent.State.GRANTED
        self._consent.add(
            own, own, told.case_id, receiver.id, told.life.language, state.value, given,
            given, as_text(max(until, at + DAY)), as_text(until) if over else None,
        )  # fmt: skip
        return own

    def _refer(
        self, told: Told, receiver: Seat, need: Referral.Need, at: datetime, consent: str | None
    ) -> None:
        state = told.referrals[receiver.kind]
        sent, answered = as_text(at), as_text(at + DAY)
        ended = told.closed if state == State.COMPLETED else None
        waits = state in {State.SENT, State.ACKNOWLEDGED}
        self._referral.add(
            self._world.ids(), told.case_id, told.pseudonym, told.lead.id, receiver.id,
            consent, "" if consent else self._duty, as_text(PARTS if consent else ()), need.value,
            PRIORITIES[told.life.danger].value, state, sent, sent, sent,
            as_text(at + TWO_WEEKS), None if state == State.SENT else sent,
            None if waits else answered, None if waits else answered, ended, ended,
            Referral.Outcome.SERVED.value if ended else "",
        )  # fmt: skip
