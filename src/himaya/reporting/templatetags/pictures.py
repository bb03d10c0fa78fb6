"""Which of our drawings stands beside an answer. The words are always there too."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()
DRAWN = {
    ("company", "alone"): "alone",
    ("company", "trusted"): "trusted",
    ("company", "watched"): "watched",
    ("danger", "now"): "danger",
    ("danger", "not_now"): "no",
    ("child", "yes"): "child",
    ("child", "no"): "alone",
    ("persons", "1"): "alone",
    ("persons", "2-5"): "trusted",
    ("involved", "nobody"): "no",
    ("involved", "any_official"): "watched",
}
UNSURE = {"unknown", "not_sure"}


@register.simple_tag
def picture(question: str, answer: str) -> SafeString:
    """The drawing of an answer; nothing where there is none that would be understood."""
    name = "unknown" if answer in UNSURE else DRAWN.get((question, answer))
    return render_to_string(f"web/public/pictures/{name}.svg") if name else SafeString("")
