"""A recorded voice beside a page's words, where the pack has a clip in the page's language."""

from django import template
from django.utils.translation import get_language

from himaya.web.voices import voices

register = template.Library()


@register.inclusion_tag("web/public/voice.html")
def voice(page: str) -> dict[str, str]:
    """The clip of a page: fetched only when somebody presses it, and absent where there is none."""
    return {"clip": voices().get((page, get_language() or ""), "")}
