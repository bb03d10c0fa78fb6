"""Opening a TOML file: its data, and the line of everything in it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from himaya.packs.errors import Fault, PackError
from himaya.packs.positions import Path, locate


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is TOML, whatever it says."""

    file: str
    data: Mapping[str, object]
    lines: Mapping[Path, int]


def open_toml(file: FilePath) -> Opened:
    """The data of a file and where it stands. Raises PackError with the one fault that hinders."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise _refusal(file, 1, "the file is missing") from None
    except (IsADirectoryError, NotADirectoryError):
        raise _refusal(file, 1, "this is no file") from None
    except PermissionError:
        raise _refusal(file, 1, "the file may not be read") from None
    if not raw.strip():
        raise _refusal(file, 1, "the file is empty")
    return _parsed(file, raw)


def _parsed(file: FilePath, raw: bytes) -> Opened:
    try:
        text = raw.decode("utf-8")
        return Opened(str(file), tomllib.loads(text), locate(text))
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise _refusal(file, line, "the file is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as wrong:
        raise _refusal(file, *_where(str(wrong), text)) from None
    except RecursionError:
        raise _refusal(file, 1, "lists and tables are nested too deeply") from None


def _where(message: str, text: str) -> tuple[int, str]:
    """Line and reason of a syntax error, out of the one sentence that tells both."""
    reason, _, position = message.partition(" (at ")
    digits = "".join(filter(str.isdigit, position.partition(",")[0]))
    # "at end of document" has no number: the last line with anything on it is the one to mend.
    line = int(digits) if digits else text.rstrip().count("\n") + 1
    return line, f"the file is not TOML: {reason[0].lower()}{reason[1:]}"


def _refusal(file: FilePath, line: int, reason: str) -> PackError:
    return PackError([Fault(str(file), line, reason)])
