"""What a person is told, in their own language as far as it has been translated."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from himaya.cases.tracks import pack_of
from himaya.consent.models import Consent
from himaya.packs.entries import by_id
from himaya.packs.schema import Pack

NEXT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Told:
    """Words as they are said to a person. language: theirs, or the next one when `missing`."""

    language: str
    direction: str
    missing: bool
    title: str
    sentences: tuple[str, ...]
    points: tuple[str, ...]


def told(consent: Consent, language: str) -> Told:
    """All that is said before an answer, and what the answer means, in a language.

    points: the seven of the consent guidance of the Human Trafficking Case Data Standard 2.0.
    """
    pack = pack_of(consent.case)
    with speaking(language) as spoken:
        return Told(
            language=spoken,
            direction="rtl" if spoken == "ar" else "ltr",
            missing=spoken != language,
            title=_("What you allow"),
            sentences=tuple(_sentences(consent, pack)),
            points=tuple(_points(consent, pack)),
        )


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Say what follows in this language, or else in the next one; which it is."""
    known = {code for code, _name in settings.LANGUAGES}
    spoken = language if language in known else NEXT_LANGUAGE
    with override(spoken):
        yield spoken


def parts(consent: Consent, pack: Pack) -> str:
    """The parts of the file, in the pack's words that a person can agree to."""
    return _(", ").join(by_id(pack.compartments, kind).label.text() for kind in consent.kinds)


def last_day(consent: Consent) -> str:
    """The day until which it holds."""
    return str(date_format(localtime(consent.until), "DATE_FORMAT"))


def _sentences(consent: Consent, pack: Pack) -> Iterator[str]:
    words = {
        "desk": consent.recipient.label(),
        "parts": parts(consent, pack),
        "purpose": consent.get_purpose_display(),
        "until": last_day(consent),
    }
    if consent.given_by in {"", Consent.Giver.PERSON}:
        yield _("You allow %(desk)s to know this about you: %(parts)s.") % words
    else:
        yield (
            _("You allow %(desk)s to know this about the person for whom you decide: %(parts)s.")
            % words
        )
    yield _("They need it for one thing: %(purpose)s.") % words
    yield _("You allow it until %(until)s. Then it ends by itself.") % words
    yield _("You can stop this at any time; what they have read cannot be unread.")


def _points(consent: Consent, pack: Pack) -> Iterator[str]:
    desk = consent.recipient.label()
    yield _(
        "You decide whether we talk about this. You may say no or take a break at any time, and "
        "you are helped all the same."
    )
    yield _("We ask so that %(desk)s can do what you need: %(purpose)s.") % {
        "desk": desk,
        "purpose": consent.get_purpose_display(),
    }
    yield _("Only %(desk)s reads it, and may not pass it on. %(limit)s") % {
        "desk": desk,
        "limit": pack.law_note.text(),
    }
    yield _(
        "Figures without names are made from many people together. Nobody can find you in them."
    )
    yield _(
        "You may ask at any time what is kept about you and who has read it. You may have "
        "mistakes put right."
    )
    yield _(
        "What you allow ends on %(until)s. Your file is destroyed when the time that the country "
        "sets is over."
    ) % {"until": last_day(consent)}
    yield _(
        "You may take this back at any time: tell us, and from then on they can open nothing more."
    )
