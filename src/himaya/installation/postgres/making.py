"""Making a cluster's files, and understanding what PostgreSQL's programs say."""

import os
import subprocess
from pathlib import Path

from himaya.installation.failure import Failure, means_no_room, no_room
from himaya.installation.postgres.account import Account
from himaya.installation.postgres.programs import programs_for

SUPERUSER = "postgres"
PLAIN = {"LC_ALL": "C", "PATH": os.defpath}
RULES = "local all all {how}\nlocal replication {superuser} {how}\n"


def initdb(target: Path, word: Path, account: Account, *, trust: bool, sync: bool) -> str | None:
    """Make the files of a cluster. Returns nothing when they are made, else initdb's words.

    word: a file with the superuser's password. trust: let everybody in who reaches the socket.
    sync: wait until all of it is on the disk.
    """
    how = "trust" if trust else "scram-sha-256"
    command = [
        str(programs_for(account) / "initdb"),
        f"--pgdata={target}",
        f"--username={SUPERUSER}",
        f"--pwfile={word}",
        f"--auth={how}",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        *([] if sync else ["--no-sync"]),
    ]
    made: subprocess.CompletedProcess[str] = subprocess.run(
        command, cwd="/", env=PLAIN, capture_output=True, text=True, check=False, **account.how()
    )
    if made.returncode != 0:
        return made.stderr
    # initdb also writes rules for the network, on which nothing listens here.
    rules = RULES.format(how=how, superuser=SUPERUSER)
    (target / "pg_hba.conf").write_text(rules, encoding="ascii")
    return None


def reason(done: str, said: str, home: Path) -> Failure:
    """Why a cluster could not be made or started, from the program's last words."""
    if means_no_room(said):
        return no_room(home)
    lines = [line for line in said.splitlines() if "FATAL:" in line or "error:" in line]
    last = lines[-1].partition(": ")[2].strip() if lines else "it ended without a word"
    return Failure(f"PostgreSQL could not be {done} in {home}: {last}.")
