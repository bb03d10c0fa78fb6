"""docs/permission-matrix.md: what was answered, in tables that a reviewer can read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.matrix.asking import ANONYMOUS, READING, UNUSUAL, Asked, Cell

PAGE = """# Permission matrix

Every address of the officers' site, linked from somewhere or not, was asked by every method, by an
officer of every role and by nobody in particular, about a thing of their own desks, about one
between strangers, and about one that does not exist. The tests made all of it through the
operations, asked with the rights of the site's own database role, and wrote down what came back.
Nobody edits this page by hand: `make documents`. A changed line is a changed right.

How to read a cell: one answer when it is the same for every object; else *own / another's / none*,
and as a fourth, where an address names two things, *own, with a part that is another's*. **no** is
403: the role has no permission for the page. **sign in** leads to signing in, **goes on** to
another page. A number is the answer's status, a code the refusal (docs/refusals.md). Forms were
sent empty but for a reason to look, so that 200 and 422 say *fill it in*, and 409 *not in this
state*. A form without a session answers 401. Every officer had just given a second factor.
{methods} No thing was made for {missing}: such an address was asked about a random one.

{groups}

## What was read

Every word that somebody told or wrote was marked, each kind by a mark of its own, and looked for
in every answer to these requests. Words that passed between strangers were found in none{but}.

| words | shown to |
| --- | --- |
{words}
"""
TABLE = """## {group}

| page | method | nobody known | who is answered otherwise than *everybody else* | everybody else |
| --- | --- | --- | --- | --- |
{rows}
"""
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Shown:
    """Which words were shown to which roles. others: words between strangers that were shown.

    missing: places in addresses for which nothing was made.
    """

    own: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]]
    missing: Collection[str]


def matrix_md(asked: Sequence[Asked], exceptions: Sequence[str], shown: Shown) -> str:
    """The whole page. exceptions: pages that answer an unusual method otherwise than with 405."""
    groups = defaultdict(list)
    for one in asked:
        groups[one.route.group].append(one)
    other = (
        f"{', '.join(UNUSUAL)} and every usual method that is not listed answer 405 to everybody"
    )
    methods = f"{other}{', but ' if exceptions else ''}{'; '.join(exceptions)}."
    tables = [
        TABLE.format(group=group, rows="\n".join(rows(groups[group]))) for group in sorted(groups)
    ]
    missing = ", ".join(sorted(f"`{place}`" for place in shown.missing))
    words = [f"| {name} | {', '.join(roles) or 'nobody'} |" for name, roles in shown.own.items()]
    others = [f"{name} (to {', '.join(roles)})" for name, roles in shown.others.items()]
    but = f" but {'; '.join(others)}" if others else ""
    return PAGE.format(
        methods=methods, groups="\n".join(tables), words="\n".join(words), but=but, missing=missing
    )


def rows(asked: Sequence[Asked]) -> Iterator[str]:
    """The lines of a table; pages that are answered alike share one."""
    pages: dict[Row, list[str]] = {}
    for page, row in _each(asked):
        pages.setdefault(row, []).append(page)
    for row, alike in pages.items():
        yield "| " + " | ".join(["<br>".join(alike), *row]) + " |"


def _each(asked: Sequence[Asked]) -> Iterator[tuple[str, Row]]:
    """Each page and how it answers; reading with and without the words is one line if equal."""
    reading = {one.route: one for one in asked if one.method == READING}
    for one in asked:
        if one.answers[ANONYMOUS] == ("405",):
            continue
        got = reading[one.route]
        if one.method == "HEAD" and _first(one) == _first(got):
            continue
        head = [other for other in asked if other.route == one.route and other.method == "HEAD"]
        also = one is got and head and _first(head[0]) == _first(got)
        method = "GET, HEAD" if also else one.method
        yield f"`{one.route.shown}`", (method, _cell(one.answers[ANONYMOUS]), *_officers(one))


def _first(one: Asked) -> Mapping[str, str]:
    return {who: cell[0] for who, cell in one.answers.items()}


def _officers(one: Asked) -> tuple[str, str]:
    """Who is answered in a way of their own, and how all others are."""
    alike: dict[Cell, list[str]] = {}
    for who, cell in one.answers.items():
        if who != ANONYMOUS:
            alike.setdefault(cell, []).append(who)
    usual = ("no",) if ("no",) in alike else max(alike, key=lambda cell: len(alike[cell]))
    others = [f"{', '.join(who)}: {_cell(cell)}" for cell, who in alike.items() if cell != usual]
    return "; ".join(others), _cell(usual)


def _cell(cell: Cell) -> str:
    return " / ".join(cell)
