"""What the commands for developers share."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from himaya.config.env import ROOT
from himaya.installation.failure import Failure

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def need_tree() -> None:
    """Refuse outside a clone: tests and measurements are not installed anywhere else."""
    if not (ROOT / "tests").is_dir():
        raise Failure(
            f"There are no tests beside {ROOT / 'src'}: this is not a clone of the repository."
        )


def run_in_tree(command: Sequence[str], more: Mapping[str, str] | None = None) -> int:
    """Run a program at the root of the tree, away from the operator's own installation."""
    own = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "HIMAYA_DATA"}
    }
    return subprocess.run(command, cwd=ROOT, env={**own, **(more or {})}, check=False).returncode


def browser() -> str | None:
    """The Chromium of this machine: HIMAYA_CHROMIUM, or what PATH has."""
    return os.environ.get("HIMAYA_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
