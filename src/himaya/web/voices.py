"""The recorded voices of this installation's pack, read once a process."""

from functools import cache
from pathlib import Path

from himaya.config.env import environment
from himaya.packs.voices import clips, name_of


@cache
def voices() -> dict[tuple[str, str], str]:
    """What each clip is called on the site, by page and language."""
    return {key: name_of(path) for key, path in clips(environment().pack).items()}


def clip(name: str) -> Path | None:
    """The clip of that name on the site; None when there is none."""
    found = clips(environment().pack)
    return next((found[key] for key, called in voices().items() if called == name), None)
