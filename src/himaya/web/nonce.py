"""One random word for each answer. A script or a style sheet runs only when its tag repeats it, so
that a tag which somebody smuggles into a page does nothing, even if it names a file of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_urlsafe

NONCE_BYTES = 16
_of_this_answer: ContextVar[str] = ContextVar("nonce", default="")


@contextmanager
def fresh() -> Iterator[str]:
    """A nonce for everything that is drawn inside."""
    made = token_urlsafe(NONCE_BYTES)
    before = _of_this_answer.set(made)
    try:
        yield made
    finally:
        _of_this_answer.reset(before)


def nonce() -> str:
    """The nonce of the answer that is being made; empty outside of any."""
    return _of_this_answer.get()
