"""Answers to reporters: in languages of the country, and without anything that could tell."""

import re
from collections.abc import Iterator

from himaya.packs.check.faults import fault
from himaya.packs.errors import Fault
from himaya.packs.replies import Reply
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import ReplyUse

LONGEST = 200  # letters: it is read in a moment, on a small screen
NEEDED = ("en", "ar")
PLACEHOLDER = re.compile(r"[{}%<>\[\]]")
DIGIT = re.compile(r"\d")


def faults_of_replies(pack: Pack) -> Iterator[Fault]:
    """Replies that lack a language, hold what is filled in later, or tell a number."""
    for reply in pack.replies:
        yield from _faults_of_languages(reply, pack)
        for code, words in reply.text.items():
            if why := _fault_of(words):
                yield fault(reply, f'the answer "{reply.id}" in "{code}" {why}', "text")
    closing = [reply for reply in pack.replies if reply.use is ReplyUse.CLOSING]
    if pack.replies and len(closing) != 1:
        reason = "one answer, and only one, is for a report that is closed without a case"
        yield Fault(pack.replies[0].place.file, 1, reason)


def _faults_of_languages(reply: Reply, pack: Pack) -> Iterator[Fault]:
    known = {language.code for language in pack.languages} | set(NEEDED)
    for code in NEEDED:
        if code not in reply.text:
            yield fault(reply, f'the answer "{reply.id}" is not there in "{code}"', "text")
    for code in sorted(set(reply.text) - known):
        yield fault(reply, f'no reporter of this country reads "{code}"', "text")


def _fault_of(words: str) -> str:
    if not words.strip():
        return "says nothing"
    if len(words) > LONGEST:
        return f"is longer than {LONGEST} letters"
    if PLACEHOLDER.search(words):
        return "has a place to fill in: nothing may be put in between"
    return "tells a number" if DIGIT.search(words) else ""
