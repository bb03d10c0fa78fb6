"""Are there known holes in what is locked? What could not be looked up counts as a hole."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from himaya.installation import processes
from himaya.installation.release.pins import Pin

SOURCE = "https://api.osv.dev/v1/query"  # open advisories of PyPI, one question a package
SECONDS = 15


@dataclass(slots=True)
class Finding:
    """What was looked up. holes: one line a known hole. blind: why the answer is worth nothing."""

    looked_up: int = 0
    holes: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)

    def is_green(self) -> bool:
        """True when every package was looked up and none has a known hole."""
        return not (self.holes or self.blind)


def look_up(pins: Sequence[Pin], source: str = SOURCE) -> Finding:
    """Ask for the advisories of every pin. source: address of an OSV service or of a copy."""
    with tempfile.TemporaryDirectory() as directory:
        # Pins alone: a marker such as "only on Windows" would leave a package out unseen.
        listed = Path(directory) / "pins.txt"
        listed.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins))
        done = subprocess.run(_command(listed, source), capture_output=True, text=True, check=False)
    try:
        answer = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = done.stderr.strip().rsplit("\n", 1)[-1] or "no answer"
        return Finding(blind=[f"the advisories could not be reached: {reason}"])
    return judge(pins, answer)


def _command(listed: Path, source: str) -> list[str]:
    return processes.module(
        "pip_audit",
        f"--requirement={listed}",
        "--no-deps",
        "--disable-pip",
        "--format=json",
        "--vulnerability-service=osv",
        f"--osv-url={source}",
        f"--timeout={SECONDS}",
        "--progress-spinner=off",
    )


def judge(pins: Sequence[Pin], answer: Sequence[dict[str, object]]) -> Finding:
    """Compare what was answered with what was asked.

    answer: the `dependencies` of pip-audit's JSON: name, version and vulns, or a skip_reason.
    """
    found = Finding()
    seen = set()
    for one in answer:
        if "skip_reason" in one:
            found.blind.append(f"{one['name']} was left out: {one['skip_reason']}")
            continue
        pin = Pin(str(one["name"]).lower(), str(one["version"]))
        seen.add(pin)
        holes = one["vulns"]
        assert isinstance(holes, list)  # by pip-audit's format
        found.holes += [f"{pin.name} {pin.version}: {hole['id']}" for hole in holes]
    found.looked_up = len(seen)
    missing = sorted(set(pins) - seen)
    found.blind += [f"{pin.name} {pin.version} was not looked up" for pin in missing]
    return found
