"""What the reporters' pages say, chosen before the template sees it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from himaya.packs.languages import TO_CALL
from himaya.packs.routing import way_for
from himaya.packs.schema import Channel, Pack
from himaya.packs.vocabulary import ChannelKind
from himaya.reporting.contents import Told
from himaya.reporting.presenters import within
from himaya.reporting.public.answers import Answers
from himaya.reporting.public.forms import (
    ANSWER,
    CHANNEL,
    CHILD,
    DANGER,
    HOURS,
    INVOLVED,
    PERSONS,
    ROLE,
    STORIES,
    Choices,
)
from himaya.reporting.rules import first_clock


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: whose it is, and its number."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer on the page that is checked before sending. name: by which it can be changed."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Who will read a report, and by when. second: another desk can, if this one stays silent."""

    desk: str
    within: str
    second: bool


def lines(pack: Pack) -> list[Line]:
    """The numbers of the first page, emergency first."""
    shown = [each for each in pack.channels if each.first_page and each.kind in TO_CALL]
    return [_line(each) for each in sorted(shown, key=_emergency_first) if each.address]


def _line(channel: Channel) -> Line:
    return Line(channel.label.text(), channel.address or "")


def _emergency_first(channel: Channel) -> bool:
    return channel.kind is not ChannelKind.EMERGENCY


def promise(told: Told, pack: Pack) -> Reading:
    """Who will read it and by when, by the rules that will send it there."""
    way = way_for(pack, told.named())
    desk = pack.desk(way.intake)
    agency = pack.agency(desk.agency)
    return Reading(
        desk=_("%(desk)s, %(agency)s") % {"desk": desk.label.text(), "agency": agency.label.text()},
        within=within(pack.clock(first_clock(told.danger))),
        second=way.escalation is not None,
    )


def answered(answers: Answers, pack: Pack) -> list[Answered]:
    """The answers as short lines, those that were given."""
    offices = [pack.agency(agency).label.text() for agency in answers.agencies]
    story = str(STORIES.get(answers.role, _("What is happening?")))
    given = [
        Answered("role", _("Who needs help?"), _word(ROLE, answers.role)),
        Answered("story", story, answers.story),
        Answered("danger", _("Is somebody in danger now?"), _word(DANGER, answers.danger)),
        Answered("child", _("Is a person under 18 concerned?"), _word(CHILD, answers.child)),
        Answered("persons", _("How many people is it about?"), _word(PERSONS, answers.persons)),
        Answered(
            "involved",
            _("Could people who work for the state be part of it?"),
            _word(INVOLVED, answers.involved),
        ),
        Answered("agencies", _("Which office?"), " · ".join(offices)),
        *_contact(answers),
    ]
    return [each for each in given if each.answer]


def _contact(answers: Answers) -> list[Answered]:
    channel, hours = answers.contact_channel, answers.contact_hours
    return [
        Answered("contact_channel", _("How can we reach you safely?"), _chosen(CHANNEL, channel)),
        Answered("contact_how", _("Your number, address or the person"), answers.contact_how),
        Answered("contact_hours", _("When is it safe?"), _chosen(HOURS, hours)),
        Answered("contact_when", _("Which days? What else must we know?"), answers.contact_when),
        Answered(
            "contact_answer",
            _("If somebody answers who is not you"),
            _chosen(ANSWER, answers.contact_answer),
        ),
        Answered("contact_say", _("What may we say, so that nobody notices?"), answers.contact_say),
    ]


def _chosen(choices: Choices, code: str) -> str:
    """The words of a list's entry; none for the entry that says nothing."""
    return _word(choices, code) if code else ""


def _word(choices: Choices, code: str) -> str:
    words: dict[str, str | Promise] = dict(choices)
    return str(words.get(code, ""))
