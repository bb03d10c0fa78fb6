"""What the card shows an officer: the answers it takes, and its advice."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from himaya.identification.models import Answer
from himaya.identification.presenters.result import ADVICE
from himaya.identification.rules import Category

Words = str | Promise
KEYS = "123456"
CALL_NOW: Words = gettext_lazy(
    "Call the team now. The person can be presumed a victim before anything is proven."
)
THEN: dict[str, Words] = {
    Category.TRAFFICKING: CALL_NOW,
    Category.DECEPTION_AND_EXPLOITATION: CALL_NOW,
    Category.EXPLOITATION: gettext_lazy(
        "Tell the team today. A labour complaint may help as well; ask the person first."
    ),
    Category.NO_SIGNS: gettext_lazy(
        "Give the person the wallet card with the number to call. The desk reads this record too."
    ),
}
ALSO: tuple[tuple[str, Words, Words], ...] = (
    (
        "child",
        gettext_lazy("The person is treated as a child. The questions were not asked."),
        CALL_NOW,
    ),
    (
        "nothing_asked",
        gettext_lazy("No question was answered, so nothing can be advised."),
        gettext_lazy(
            "Give the person the wallet card. Ask again at a better time, or another officer."
        ),
    ),
)


def answers() -> list[tuple[str, str, str]]:
    """The six answers of the card in an officer's words, each with its key."""
    offered = [(value.value, str(value.label)) for value in Answer.Value]
    return [(value, label, key) for (value, label), key in zip(offered, KEYS, strict=True)]


def advice() -> list[tuple[str, Words, Words]]:
    """Every advice that a device may show: category, sentence, and what to do."""
    scored = [(each.value, ADVICE[each], THEN[each]) for each in Category if each in THEN]
    return [*scored, *ALSO]
