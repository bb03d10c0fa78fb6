"""What the operations on one screening share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from himaya.audit.record import record
from himaya.identification.errors import AlreadyScreened
from himaya.identification.models import Answer, Screening
from himaya.identification.queries import screening_for
from himaya.identification.rules import check_may_screen
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.vault.models import Compartment, Sealed
from himaya.vault.queries import compartments_of, key_of_compartment
from himaya.vault.seal import seal


def locked(actor: Actor, screening_id: UUID, version: int) -> Screening:
    """The screening, held until the transaction ends, for an actor who may make it.

    Raises NotKnown, NotCertified, AlreadyScreened, and Stale when a colleague changed it.
    """
    known = screening_for(actor, screening_id)
    check_may_screen(actor, known)
    # What a colleague finishes while this waits can be locked by nobody any more.
    screening = Screening.objects.select_for_update().filter(pk=known.pk).first()
    if screening is None:
        raise AlreadyScreened(screening=known.pk)
    if screening.version != version:
        raise Stale(screening=screening.pk)
    return screening


def sealed(screening: Screening, words: Mapping[str, str], at: datetime) -> list[Sealed]:
    """Words put under seal into the compartment of the interview; those that say nothing are not.

    words: what they are → the words.
    """
    said = {name: text for name, text in words.items() if text.strip()}
    if not said:
        return []
    compartment = compartments_of(screening.subject_id).get(kind=Compartment.Kind.SCREENING)
    epoch = key_of_compartment(compartment)
    return [
        seal(epoch=epoch, name=name, content=text.encode(), at=at) for name, text in said.items()
    ]


def answered(screening: Screening, given: Mapping[str, str]) -> list[Answer]:
    """Keep answers, each in place of what was answered before; returns the rows that changed.

    A colleague's answer that this form leaves as it was stays as it was, carried over or not.
    """
    kept = {each.indicator: each for each in Answer.objects.filter(screening=screening)}
    changed = [kept[sign] for sign, value in given.items() if _differs(kept.get(sign), value)]
    for answer in changed:
        answer.value, answer.carried = given[answer.indicator], False
    Answer.objects.bulk_update(changed, ["value", "carried"])
    return [*changed, *_added(screening, {k: v for k, v in given.items() if k not in kept})]


def carried(screening: Screening, known: Mapping[str, str], signs: Iterable[str]) -> list[Answer]:
    """Put in what earlier screenings found, so that it stands as asked."""
    kept = set(Answer.objects.filter(screening=screening).values_list("indicator", flat=True))
    wanted = {sign: known[sign] for sign in signs if sign in known and sign not in kept}
    return _added(screening, wanted, carried=True)


def trace(
    act: str,
    screening: Screening,
    rows: Sequence[Model],
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, str | int] | None = None,
) -> None:
    """Write one act on a screening into the ledger, with the rows that it changed."""
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=screening.subject_id,
        desk_id=screening.desk_id,
        facts=facts,
        rows=rows,
    )


def _differs(answer: Answer | None, value: str) -> bool:
    return answer is not None and answer.value != value


def _added(
    screening: Screening, given: Mapping[str, str], *, carried: bool = False
) -> list[Answer]:
    return Answer.objects.bulk_create(
        Answer(screening=screening, indicator=sign, value=value, carried=carried)
        for sign, value in given.items()
    )
