"""Progress, on standard error: standard output is for what a script would read."""

import sys
from types import TracebackType
from typing import Self

WIDTH = 30


def say(sentence: str) -> None:
    """Tell the person at the machine what is happening now."""
    print(f"himaya: {sentence} …", file=sys.stderr, flush=True)


class Bar:
    """A bar that fills while long work goes on; a line of words where nobody watches a terminal."""

    def __init__(self, sentence: str, whole: int) -> None:
        self._sentence, self._whole = sentence, whole
        self._drawn = sys.stderr.isatty()

    def __enter__(self) -> Self:
        if self._drawn:
            self.upto(0)
        else:
            say(self._sentence)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            print(file=sys.stderr, flush=True)

    def upto(self, done: int) -> None:
        """So much is done."""
        if self._drawn:
            filled = WIDTH * done // max(self._whole, 1)
            line = f"himaya: {self._sentence} [{'█' * filled:{WIDTH}}] {done:,} of {self._whole:,}"
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
