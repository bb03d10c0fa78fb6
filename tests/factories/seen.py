"""Persons who are written down in two cases: found, asked about, answered."""

from uuid import uuid4

from himaya.recognition.operations import answering
from himaya.recognition.operations.looking import write_down
from himaya.vault.tokens import Domain, Said
from tests.factories import cases
from tests.factories.moments import NOON

PASSPORT = Said(Domain.DOCUMENT, "P1234567")
NAME = Said(Domain.NAME, "Fatima CANARY Chowdhury")
BORN = Said(Domain.BIRTH, "15/7/1994")
OTHER_WAYS = (Said(Domain.NAME, "ফাতেমা CANARY চৌধুরী"), Said(Domain.BIRTH, "about 1995"))


def written(who, case, *said):
    """What the officer is told who writes this down."""
    with who.works():
        return write_down(actor=who.actor, case_id=case.pk, said=said, at=NOON)


def case_of(who, people, *, identifies=None, **changes):
    """A case that this officer's desk leads. identifies: the desk that does, else the usual one."""
    return cases.case(who.desk, identifies or people.identifier.desk, **changes)


def known(people, *said, by=None, **changes):
    """A case in which this was written down."""
    who = by or people.worker
    made = case_of(who, people, **changes)
    written(who, made, *(said or (NAME, BORN)))
    return made


def found(people, *said, by=None, **changes):
    """Another case in which this is written now, by another agency, and what was found."""
    who = by or people.stranger
    made = case_of(who, people, **changes)
    return made, written(who, made, *(said or OTHER_WAYS)).match


def say(who, case, match, state):
    """The officer answers."""
    with who.works():
        return answering.answer(
            actor=who.actor, case_id=case.pk, match_id=match.pk, state=state, at=NOON
        )


def asked(who, case, match):
    """The officer asks the other desk."""
    with who.works():
        return answering.ask(actor=who.actor, case_id=case.pk, match_id=match.pk, at=NOON)


def on_ground(people, words):
    """What stands in addresses: two cases of one desk that may be of one person."""
    passport = Said(Domain.DOCUMENT, uuid4().hex)
    known(people, Said(Domain.NAME, words("name of somebody seen")), passport)
    case, match = found(people, passport, by=people.worker)
    return case, {"match_id": match.pk}
