"""What the pages of a call say besides its questions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from himaya.hotline import script
from himaya.hotline.models import Call
from himaya.hotline.notes import Notes
from himaya.hotline.queries import Counted
from himaya.hotline.script import Spoken, say
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import ChannelKind
from himaya.reporting.public.presenters import Answered, Line, answered


def emergency(pack: Pack) -> list[Line]:
    """The country's emergency numbers."""
    found = (each for each in pack.channels if each.kind is ChannelKind.EMERGENCY)
    return [Line(each.label.text(), each.address) for each in found if each.address]


def at_once(notes: Notes, pack: Pack) -> list[str]:
    """What to do at once, in the order to do it, by what is known of the caller's safety."""
    numbers = ", ".join(line.number for line in emergency(pack))
    return [str(words) for words in _at_once(notes, numbers)]


def _at_once(notes: Notes, numbers: str) -> Iterator[str | Promise]:
    if notes.speaks == "no":
        yield _("The caller cannot speak: stay on the line, ask for one knock for yes, two for no.")
    if notes.speaks == "little":
        yield _("Ask only what can be answered with yes or no.")
    if notes.heard == "yes":
        yield _("Somebody listens: say nothing that tells who you are. Ask if you shall hang up.")
    if notes.safe == "no" or notes.answers.danger == "now":
        yield _("Ask where the caller is before anything else, and write it down.")
        yield _("On another telephone, call the emergency number: %(numbers)s.") % {
            "numbers": numbers
        }
        yield _("Stay on the line until somebody is there.")


def hint(call: Call) -> list[str]:
    """What is known of calls from the same number; nothing when no number was typed in."""
    if call.earlier is None:
        return []
    if not call.earlier:
        return [str(_("Nobody is known to have called from this number before."))]
    lines = [
        ngettext(
            "Somebody called from this number once before.",
            "Somebody called from this number %(number)d times before.",
            call.earlier,
        )
        % {"number": call.earlier}
    ]
    if call.waits:
        lines.append(str(_("A report that came of such a call is still open.")))
    lines.append(str(_("It may be another person. Do not speak of it unless the caller does.")))
    return lines


def noted(notes: Notes, language: str, pack: Pack) -> list[Answered]:
    """What was noted, as short lines to read back."""
    told = notes.told(language)
    whole = replace(notes.answers, story=told.story, danger=told.danger)
    return answered(whole, pack)


def before_filing(language: str) -> list[Spoken]:
    """What to say before a report is filed."""
    return [say(words, language) for words in (script.LOCKED, script.NO_CALL)]


def before_handing(language: str) -> Spoken:
    """What to say to a caller who is handed on."""
    return say(script.HAND_OVER, language)


def farewell(language: str) -> list[Spoken]:
    """What to say with the number."""
    return [say(words, language) for words in (script.HAVE_A_PEN, script.COME_BACK)]


def counted(rows: Iterable[Counted]) -> list[tuple[str, int]]:
    """How many calls ended how, in words."""
    return [(str(Call.Outcome(row.outcome).label), row.number) for row in rows]
