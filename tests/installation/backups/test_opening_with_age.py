"""The steps of docs/operating/opening-with-age.md, with the programs that a country has anyway."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from himaya.config.env import ROOT
from himaya.installation.commands.psql import connection_environment
from himaya.installation.postgres.programs import programs
from himaya.installation.server import server_of
from tests.installation.backups.conftest import CONTACT, LATER, STORY

DOCUMENT = ROOT / "docs" / "operating" / "opening-with-age.md"
BLOCK = re.compile(r"^```(sh|python)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDED = shutil.which("age") is not None or os.environ.get("CI") == "true"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.journey,
    pytest.mark.skipif(
        not NEEDED,
        reason="THE AGE PROGRAM IS NOT HERE (apt-get install age): nothing shows that a country "
        "opens its data without us",
    ),
]


@pytest.fixture
def directory(country, tmp_path):
    """What a country has: the backup, two papers typed in, and the files of the document."""
    shutil.copyfile(country.backup, tmp_path / "backup.age")
    for number, paper in enumerate(sorted(country.place.recovery_shares.iterdir())[1:], start=1):
        shutil.copyfile(paper, tmp_path / f"share-{number}.txt")
    for kind, name, text in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")):
        if kind == "python":
            (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_documents_steps_open_every_word(country, directory):
    blocks = BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    steps = "".join(text for kind, _name, text in blocks if kind == "sh")
    server = server_of(country.place)

    with server.in_use():
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"dropdb --if-exists opened\n{steps}"],
            cwd=directory,
            env=surroundings(server),
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stderr
    words = [path.read_text(encoding="utf-8") for path in (directory / "words").iterdir()]
    assert any(STORY in each for each in words)
    assert any(CONTACT in each for each in words)
    assert not any(LATER in each for each in words)  # it came after the backup


def surroundings(server):
    """PostgreSQL's programs, a Python with the share library, and age, all found by name."""
    found = connection_environment(server.administrator())
    paths = [str(programs()), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {**found, "PATH": os.pathsep.join(paths)}
