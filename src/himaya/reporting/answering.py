"""What stands between an officer's answer and the reporter: who else may read it."""

from collections.abc import Sequence
from datetime import datetime

from himaya.accounts.models import Officer, TwoPersonAct
from himaya.packs.loader import current
from himaya.packs.replies import Reply
from himaya.packs.vocabulary import ReplyUse
from himaya.reporting.leaks import Leak, leaks_in
from himaya.reporting.models import HeldAnswer, Report

SEND_ANYWAY = "reporting.send_anyway"


def may_tell(text: str) -> Sequence[Leak]:
    """What in an answer may tell who or where; empty for an answer that the pack has ready."""
    ready = {words for reply in current().replies for words in reply.text.values()}
    if text.strip() in ready:
        return []
    public = [channel.address for channel in current().channels if channel.address]
    return leaks_in(text, known=_known(), public=public)


def replies() -> list[Reply]:
    """The pack's answers for a conversation that goes on."""
    return [reply for reply in current().replies if reply.use is ReplyUse.ANSWER]


def closing_words(report: Report) -> str:
    """What is sent to a reporter when the report is closed without a case; empty for none."""
    closing = (each for each in current().replies if each.use is ReplyUse.CLOSING)
    return next((each.in_language(report.language) for each in closing), "")


def held_of(report: Report, at: datetime) -> list[HeldAnswer]:
    """The answers to this reporter that wait for a second person, the oldest first."""
    waiting = TwoPersonAct.objects.live(at).filter(act=SEND_ANYWAY)
    held = HeldAnswer.objects.filter(report=report, sent_at__isnull=True)
    return list(held.filter(pk__in=waiting.values("subject_id")).order_by("written_at"))


def _known() -> list[str]:
    """Names of the country's districts, offices and desks, and of the officers."""
    pack = current()
    labels = [
        *(district.label for district in pack.districts),
        *(agency.label for agency in pack.agencies),
        *(desk.label for desk in pack.desks),
    ]
    names = [name for label in labels for name in (label.en, label.ar)]
    return [*names, *Officer.objects.values_list("username", flat=True)]
