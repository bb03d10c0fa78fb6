"""Words in a template that no translator is asked for."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# Names are the same in every language; the components page shows the names of kinds.
NAMES = re.compile(r"\b(Himaya|timeline|facts|info|good|warn|bad)\b")
SHOWN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
ASKED_FOR = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|{% blocktrans.*?{% endblocktrans(?:late)? %}"
    r"|{% block wide %}.*?{% endblock %}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
# A conversation in the samples of the components page: a person's own words stay as they were.
SAID = re.compile(r"<p class=\"said\".*?</p>", re.DOTALL)


class _Shown(HTMLParser):
    """Collects what a reader sees or hears: text, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"style", "script"}
        self.pieces += [value or "" for name, value in attributes if name in SHOWN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def untranslated(template: str) -> Iterator[str]:
    """Each piece of text outside the translation tags."""
    shown = _Shown()
    shown.feed(ASKED_FOR.sub(" ", SAID.sub("", template)))
    for piece in shown.pieces:
        if WORD.search(NAMES.sub("", piece)):
            yield " ".join(piece.split())
