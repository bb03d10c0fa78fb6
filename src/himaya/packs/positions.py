"""On which line of a TOML file each key stands; the standard library's reader does not tell."""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:\\.|(?!""").)*"""(?:"{0,2})'
    r"|'''(?:(?!''').)*'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
SCALAR = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[Path, int]:
    """The line of every key, table and list element of a TOML text.

    text: a text that `tomllib` accepts; what this answers for any other text means nothing.
    Returns paths as in `data["steps"][3]["to"]` → ("steps", 3, "to"); the root is ().
    """
    scan = _Scan(text)
    scan.document()
    return scan.lines


class _Scan:
    """One walk over the text, noting the line of everything that has a name or a number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_ends = [found.start() for found in re.finditer("\n", text)]
        self.lines: dict[Path, int] = {(): 1}
        self.last_of: dict[Path, int] = {}  # lists made by [[headers]]: path → newest element

    def document(self) -> None:
        table: Path = ()
        self._blank()
        while self.at < len(self.text):
            if self._here("["):
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _header(self) -> Path:
        line = self._line()
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        path = self._open((), self._key(), line)
        if double:
            path = self._next_element(path)
        self.lines[path] = line
        self.at += 2 if double else 1
        return path

    def _next_element(self, path: Path) -> Path:
        listed = path[:-1] if isinstance(path[-1], int) else path
        self.last_of[listed] = self.last_of.get(listed, -1) + 1
        return (*listed, self.last_of[listed])

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = self._open(table, self._key(), line)
        self.lines[path] = line
        self.at += 1  # the equals sign
        self._value(path)

    def _open(self, table: Path, key: list[str], line: int) -> Path:
        """Walk down from a table; a list made by [[headers]] stands for its newest element."""
        path = table
        for name in key:
            path = (*path, name)
            self.lines.setdefault(path, line)
            if path in self.last_of:
                path = (*path, self.last_of[path])
        return path

    def _key(self) -> list[str]:
        names = [self._name()]
        while self._here("."):
            self.at += 1
            names.append(self._name())
        return names

    def _name(self) -> str:
        self._blank()
        quoted = STRING.match(self.text, self.at)
        found = quoted or BARE_KEY.match(self.text, self.at)
        assert found is not None, "the text is not valid TOML"
        self.at = found.end()
        self._blank()
        if quoted:
            return str(tomllib.loads(f"name = {found.group()}")["name"])
        return found.group()

    def _value(self, path: Path) -> None:
        self._blank()
        if self._here("["):
            self._list(path)
        elif self._here("{"):
            self._inline_table(path)
        else:
            found = STRING.match(self.text, self.at) or SCALAR.match(self.text, self.at)
            assert found is not None, "a scalar may be empty, so this always matches"
            self.at = found.end()

    def _list(self, path: Path) -> None:
        self.at += 1
        self._blank()
        number = 0
        while not self._here("]"):
            self.lines[(*path, number)] = self._line()
            self._value((*path, number))
            self._comma()
            number += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._blank()
        while not self._here("}"):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._blank()
        if self._here(","):
            self.at += 1
        self._blank()

    def _blank(self) -> None:
        found = BLANK.match(self.text, self.at)
        assert found is not None, "nothing is also blank, so this always matches"
        self.at = found.end()

    def _here(self, mark: str) -> bool:
        return self.text.startswith(mark, self.at)

    def _line(self) -> int:
        return bisect_right(self.line_ends, self.at - 1) + 1
