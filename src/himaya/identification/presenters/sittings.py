"""How an interview was done, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from himaya.identification.models import Sitting


@dataclass(frozen=True, slots=True)
class SittingLine:
    """One sitting: when, how it was arranged, how it ended."""

    began_at: datetime
    ended_at: datetime | None
    ended: str
    arranged: list[str]
    breaks: int


def lines(sittings: Iterable[Sitting]) -> list[SittingLine]:
    """Sittings as lines."""
    return [
        SittingLine(
            began_at=each.began_at,
            ended_at=each.ended_at,
            ended=each.get_ended_display(),
            arranged=_arranged(each),
            breaks=each.breaks,
        )
        for each in sittings
    ]


def _arranged(sitting: Sitting) -> list[str]:
    said = [_("In a safe and private place")] if sitting.private else []
    if sitting.interpreter == Sitting.Interpreter.NOT_NEEDED:
        said.append(_("Without an interpreter: a shared language"))
    else:
        said.append(_("With an interpreter who signed to keep silent and has no tie"))
    if sitting.wished == Sitting.Wish.NONE:
        said.append(_("No wish for a woman or a man"))
    elif sitting.wished == sitting.sex:
        said.append(_("Asked by a woman or a man as the person wished"))
    else:
        said.append(_("Not asked by whom the person wished; they wanted to go on"))
    beside = [sitting.get_company_display(), sitting.get_no_tie_display()]
    return [*said, *(str(each) for each in beside if each)]
