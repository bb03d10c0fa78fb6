"""Searching for a person by name, document or telephone number; and reading why somebody did."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from himaya.accountability import sealed
from himaya.accountability.circles import for_oversight
from himaya.accountability.errors import TooManySearches
from himaya.accountability.models import NameSearch
from himaya.accountability.operations.asking import SEARCHED
from himaya.audit.record import record
from himaya.cases.searching import Possible, called
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.vault.keyring import Keyring
from himaya.vault.seal import seal
from himaya.vault.tokens import Said

WHY = "why"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer is told: nothing, or one desk to ask. Never who, and never how many."""

    possible: Possible | None


@transaction.atomic
def search(
    *, actor: Actor, said: Said, reason: NameSearch.Reason, words: str, at: datetime
) -> Answer:
    """Ask whether a person may be known, and where. What was searched for is kept nowhere.

    The written reason is sealed to the oversight desks. Raises NotPermitted, NobodyOversees, and
    TooManySearches once the hour's limit is reached; then nothing was looked up.
    """
    actor.need(Permission.PERSON_SEARCH)
    assert actor.officer_id is not None
    assert actor.agency_id is not None  # only officers have that permission
    found = called(said)
    if found.too_often:
        raise TooManySearches
    search_id = uuid4()
    circle = for_oversight(search_id, at)
    item = seal(epoch=circle.epoch, name=WHY, content=words.encode(), at=at)
    made = NameSearch(
        id=search_id,
        officer_id=actor.officer_id,
        agency_id=actor.agency_id,
        domain=said.domain,
        reason=reason,
        words=circle.compartment,
        at=at,
    )
    made.save(force_insert=True)
    record(
        act=SEARCHED,
        actor=actor,
        at=at,
        subject_id=search_id,
        facts={"reason": reason.value, "by": said.domain.value},
        rows=[circle.compartment, circle.epoch, *circle.grants, item, made],
    )
    return Answer(found.possible)


@transaction.atomic
def read_why(*, actor: Actor, keyring: Keyring, search_id: UUID, at: datetime) -> str:
    """The written reason of a search, for a data protection officer. Raises NotKnown."""
    actor.need(Permission.LEDGER_READ)
    made = NameSearch.objects.filter(id=search_id).first()
    if made is None:
        raise NotKnown(search=search_id)
    items = sealed.open_reason(
        keyring=keyring, actor=actor, words_id=made.words_id, subject_id=made.id, at=at
    )
    return "\n".join(item.text() for item in items)
