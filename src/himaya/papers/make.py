"""Papers as PDF: a template, what stands in it, a language. No network, no font but our own."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

import typst

from himaya.kernel.tongues import CLOSED, NAMED, OPENED
from himaya.papers.coverage import FONTS, showable

TEMPLATES = Path(__file__).parent / "templates"
# Around words that stand in for missing ones: a page draws them, a paper says only the words.
STANDS_IN = re.compile(f"{OPENED}[a-z]+{NAMED}(.*?){CLOSED}", re.DOTALL)

Content: TypeAlias = "str | int | bool | Sequence[Content] | Mapping[str, Content] | None"


def pdf(template: str, content: Mapping[str, Content], *, language: str) -> bytes:
    """A paper as PDF/UA-1, in a language of `frame.typ` and its direction of script.

    template: a file of `templates`, without its ending. content: what the template names, `title`
    first; words in another language than the paper's are `{"language": …, "text": …}`. It goes in
    as data: nothing in it is read as an instruction, and a letter that no shipped font has shows
    as a mark. The same content gives the same bytes.
    """
    compiler = typst.Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        # A package would be looked for here before any network is asked; there is none.
        package_path=str(TEMPLATES),
        package_cache_path=str(TEMPLATES),
    )
    said = {"content": json.dumps(_data(content), ensure_ascii=False), "language": language}
    made = compiler.compile(sys_inputs=said, format="pdf", pdf_standards="ua-1", timestamp=0)
    assert isinstance(made, bytes), "one PDF is one file"
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _data(content: Content) -> Content:
    """The content, with only such letters as can be shown."""
    if isinstance(content, str):
        return showable(STANDS_IN.sub(r"\1", content))
    if isinstance(content, Mapping):
        return {key: _data(value) for key, value in content.items()}
    if isinstance(content, Sequence):
        return [_data(each) for each in content]
    return content
