"""How a reporter may be reached, for the desk that opened it."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from himaya.reporting.arrangement import may_reach
from himaya.reporting.contents import Contact
from himaya.reporting.public.forms import ANSWER, CHANNEL, HOURS, Choices

register = template.Library()


@register.inclusion_tag("reporting/desk/contact.html")
def arrangement(contact: Contact, at: datetime) -> dict[str, object]:
    """What the reporter said of safe contact, and whether it is safe at this time of day."""
    lines = [
        (_("How"), _word(CHANNEL, contact.channel)),
        (_("Where"), contact.how),
        (_("When"), _word(HOURS, contact.hours)),
        (_("Which days, and what else to know"), contact.when),
        (_("If somebody else answers"), _word(ANSWER, contact.answer)),
        (_("What to say to somebody else"), contact.say),
    ]
    said = [(name, words) for name, words in lines if words]
    return {"contact": contact, "lines": said, "now": may_reach(contact, localtime(at).time())}


def _word(choices: Choices, code: str) -> str:
    """The words of a code; of another code, which a browser may have sealed, nothing."""
    return str(dict(choices).get(code, "")) if code else ""
