"""What may be done with devices and records, and what answers on a card show."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from himaya.fieldwork.errors import AlreadySettled, DeviceRevoked, NotThisDevice
from himaya.fieldwork.models import Card, Device
from himaya.identification.models import Answer
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.packs.card import Card as Questions
from himaya.packs.card import Question, SignWhen
from himaya.packs.instruments import Instrument

MOST_DEVICES = 5  # of one officer in use; the longest unused goes first
ADULT = "adult"  # the only answer about age that makes nobody a child
AGES = (ADULT, "child", "unsure")


def token_hash(token: str) -> bytes:
    """What we keep of a device's secret: it is random, so a plain hash is enough."""
    return sha256(token.encode()).digest()


def check_may_use(actor: Actor) -> None:
    """Raise NotPermitted unless the actor uses the screening card."""
    actor.need(Permission.CARD_USE)


def check_may_sync(actor: Actor, device: Device | None, token: str) -> None:
    """Raise unless this is the actor's own device, with its secret, and it was not revoked."""
    check_may_use(actor)
    if device is None or device.officer_id != actor.officer_id:
        raise NotThisDevice
    if not hmac.compare_digest(bytes(device.token_hash), token_hash(token)):
        raise NotThisDevice(device=device.pk)
    if device.revoked_at is not None:
        raise DeviceRevoked(device=device.pk)


def check_may_revoke(actor: Actor, device: Device) -> None:
    """Raise unless it is the actor's own device, or they supervise officers of its agency."""
    if device.officer_id == actor.officer_id:
        check_may_use(actor)
    elif device.agency_id != actor.agency_id or not actor.may(Permission.ACCESS_SUPERVISE):
        raise NotKnown(device=device.pk)
    if device.revoked_at is not None:
        raise DeviceRevoked(device=device.pk)


def check_may_settle(actor: Actor, card: Card) -> None:
    """Raise unless the actor's desk received the record, and it still waits."""
    actor.need(Permission.PERSON_SCREEN)
    if card.desk_id not in actor.desk_ids:
        raise NotKnown(card=card.pk)
    if card.state != Card.State.ARRIVED:
        raise AlreadySettled(card=card.pk)


def is_child(age: str) -> bool:
    """Whoever may be under 18 is treated as a child until somebody has assessed their age."""
    return age != ADULT


def instrument_for(instruments: Mapping[str, Instrument], card: Questions, age: str) -> Instrument:
    """The first instrument of the card that was made for a person of this age."""
    named = (instruments[code] for code in card.instruments)
    return next(each for each in named if each.fits(child=is_child(age)))


def shows(question: Question, given: Mapping[str, str]) -> str:
    """What the answer to a question says of its signs: a value of Answer."""
    answer = given.get(question.id, Answer.Value.NOT_ASKED)
    if answer not in {SignWhen.YES.value, SignWhen.NO.value}:
        return answer
    return Answer.Value.YES.value if answer == question.sign_when else Answer.Value.NO.value


def act_shown(card: Questions, given: Mapping[str, str]) -> bool:
    """Whether an answer shows that somebody recruited, moved, housed or took the person over."""
    return any(each.act and shows(each, given) == Answer.Value.YES for each in card.questions)


def answers_for(
    card: Questions, instrument: Instrument, given: Mapping[str, str]
) -> dict[str, str]:
    """Answers on the card as answers about the instrument's indicators, all of them.

    A sign found by one question is not undone by another; *no* counts before *not known*.
    """
    found = {sign.id: Answer.Value.NOT_ASKED.value for sign in instrument.indicators}
    for question in card.questions:
        shown = shows(question, given)
        for sign in question.signs:
            if sign in found and _ORDER.index(shown) > _ORDER.index(found[sign]):
                found[sign] = shown
    return found


_ORDER = ("not_asked", "does_not_apply", "not_known", "would_not_say", "no", "yes")


def interviewed_at(began_at: datetime, now: datetime, *, since: datetime, at: datetime) -> datetime:
    """When an interview began by our clock, as far as that can be told.

    began_at, now: by the device's clock, the second as it sends at the moment `at`. It cannot have
    been before `since`, when the officer first registered a device, nor after it arrived: else the
    clock was set meanwhile.
    """
    return max(since, min(at, at - (now - began_at)))
