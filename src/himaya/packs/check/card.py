"""The screening card: every question counts for something, and nothing on it leads nowhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from himaya.packs.card import MOST_QUESTIONS, Card, Question
from himaya.packs.check.faults import fault, unknown
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind, Person
from himaya.packs.voices import CARD, clips

WORD = re.compile(r"[a-z][a-z_]*")


def faults_of_card(pack: Pack) -> Iterator[Fault]:
    """A card without a desk, an instrument or an act; questions that count for nothing."""
    card = pack.card
    desks = {desk.id for desk in pack.desks if desk.kind is DeskKind.IDENTIFICATION}
    yield from unknown(card, "desk", [card.desk], desks, "identification desk")
    yield from _faults_of_instruments(card, pack)
    if not 1 <= len(card.questions) <= MOST_QUESTIONS:
        reason = f"a card has at least one question and at most {MOST_QUESTIONS}"
        yield fault(card, f"{reason}, not {len(card.questions)}", "questions")
    if not any(question.act for question in card.questions):
        yield fault(card, "no question asks for the act, so no answer can advise", "questions")
    signs = {sign.id for instrument in pack.instruments for sign in instrument.indicators}
    for question in card.questions:
        yield from _faults_of_question(question, signs)
    yield from _faults_of_clips(card)


def _faults_of_instruments(card: Card, pack: Pack) -> Iterator[Fault]:
    scored = {each.code: each for each in pack.instruments if each.scored}
    yield from unknown(card, "instruments", card.instruments, scored, "scored instrument")
    persons = {scored[code].person for code in card.instruments if code in scored}
    for person in (Person.ADULT, Person.CHILD):
        if persons.isdisjoint({person, Person.ANYBODY}):
            yield fault(card, f'no instrument of the card is for "{person}"', "instruments")


def _faults_of_question(question: Question, signs: set[str]) -> Iterator[Fault]:
    if not WORD.fullmatch(question.id):
        yield fault(question, f'"{question.id}" must be small letters and "_" only', "id")
    yield from unknown(question, "signs", question.signs, signs, "indicator")
    if not question.signs and not question.act:
        yield fault(question, f'question "{question.id}" counts for nothing', "signs")


def _faults_of_clips(card: Card) -> Iterator[Fault]:
    known = {f"{CARD}{question.id}" for question in card.questions}
    for (page, _language), path in clips(Path(card.place.file).parent).items():
        if page.startswith(CARD) and page not in known:
            yield Fault(str(path), 1, "this is the voice of no question of the card")
