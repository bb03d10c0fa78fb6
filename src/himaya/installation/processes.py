"""How this command starts other processes of the installation."""

import os
import sys

from himaya.installation.place import Place

DEMO = "demo"
PLAIN = "plain"


def module(name: str, *arguments: str) -> list[str]:
    """A command that runs a module with this interpreter, and nothing of the current directory."""
    return [sys.executable, "-P", "-m", name, *arguments]


def environment(place: Place, settings: str) -> dict[str, str]:
    """The environment of a process: which installation, which settings; not DATABASE_URL."""
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    known["HIMAYA_DATA"] = str(place.data.absolute())
    known["HIMAYA_DEMO"] = "1" if kind_of(place) == DEMO else "0"
    known["DJANGO_SETTINGS_MODULE"] = f"himaya.config.{settings}"
    return known


def kind_of(place: Place) -> str | None:
    """Whether the installation holds invented people; None until the first `up` has decided."""
    return place.kind.read_text(encoding="ascii").strip() if place.kind.exists() else None
