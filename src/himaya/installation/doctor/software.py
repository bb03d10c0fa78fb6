"""What is installed."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from himaya.installation.doctor.findings import Finding, danger, warning
from himaya.installation.release.pins import RUNS_ON, pins
from himaya.viewing import box

ONE_PRINT = "print(1)"
ELSEWHERE = {"colorama", "tzdata"}  # locked for other systems only


def installed_is_what_is_locked(lock: Path = RUNS_ON) -> Iterator[Finding]:
    """Every package is the one whose hash was locked."""
    for pin in pins([lock]):
        try:
            found = version(pin.name)
        except PackageNotFoundError:
            if pin.name in ELSEWHERE:
                continue
            found = "missing"
        if found != pin.version:
            yield danger("software.not_locked", package=pin.name, found=found, locked=pin.version)


def files_can_be_shown() -> Iterator[Finding]:
    """The box in which files are drawn works here; without it staff see no picture of any."""
    try:
        box.run("", b"", code=ONE_PRINT)
    except (box.NoBox, box.Failed) as no:
        yield warning("software.no_box", why=type(no).__name__)
