"""A decision as the person is told it: what was found, and what they can do, in their language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from himaya.cases.models import Move
from himaya.packs.calendar import due_at
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step
from himaya.papers.tongue import day_said, speaking


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. language: the person's, or the next one where theirs is missing.

    reasons: what stands above the reasons, when somebody put them into that language.
    """

    language: str
    direction: str
    title: str
    sentences: tuple[str, ...]
    reasons: str


def said_yes(pack: Pack, move: Move) -> bool:
    """Whether the step answered yes to the question that it decided."""
    decision = pack.decision_by(move.step)
    return decision is None or decision.yes == move.step


def may_ask_until(pack: Pack, move: Move, at: datetime) -> datetime | None:
    """By when a person who is told of a no now may ask to look again; None after a yes, and where
    the pathway sets no time.

    The whole time counts from the telling: nobody loses days by what took long before it.
    """
    if said_yes(pack, move):
        return None
    clock = _chance(pack, pack.step(move.step))
    return due_at(at, clock, pack.calendar) if clock else None


def _chance(pack: Pack, no: Step) -> Clock | None:
    """The time that the pathway gives to ask for another look at a no."""
    again = {
        origin for spec in pack.decisions if spec.again for origin in pack.step(spec.yes).origins
    }
    asking = (step for step in pack.steps_from(no.track, no.to) if step.to in again)
    return next((clock for step in asking if (clock := step.clock_from(no.to))), None)


def letter(pack: Pack, move: Move, language: str, until: datetime | None) -> Letter:
    """The letter about a decision, in plain words: nobody's law, no word that gives away."""
    with speaking(language) as spoken:
        sentences = tuple(_of_yes()) if said_yes(pack, move) else tuple(_of_no(until))
        return Letter(
            language=spoken,
            direction="rtl" if get_language_bidi() else "ltr",
            title=_("What was decided"),
            sentences=(_on_the_day(move), *sentences),
            reasons=_("The reasons, as they were explained to you:"),
        )


def _on_the_day(move: Move) -> str:
    return _("This was decided on %(day)s.") % {"day": day_said(localtime(move.at))}


def _of_yes() -> Iterator[str]:
    yield _(
        "There are good reasons to think that somebody used you unlawfully, for their own gain."
    )
    yield _("You have a right to protection and help. You need not help the police to have it.")
    yield _("You may take time to rest and to think before you decide anything.")


def _of_no(until: datetime | None) -> Iterator[str]:
    yield _("With what is known today, it was not found that you were used as the law means it.")
    yield _("This does not say that you did not tell the truth.")
    if until is None:
        yield _("If you do not agree, tell the person who gave you this letter.")
    else:
        day = day_said(localtime(until))
        yield _("If you do not agree, you may ask for another look until %(day)s.") % {"day": day}
        yield _("Somebody looks then who has decided nothing about you before. Asking is free.")
    yield _("You lose no help because you ask. New facts count at any time.")
