"""The commands, in the order in which `--help` shows them. Each lives in a file of its own here.

A file has `add(parser)` for its arguments and `run(options) -> int`. It imports nothing that needs
Django: what does lives in `installation/work/`, and is called with `inside.run_inside`.
"""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, its line in the overview, and where it lives.

    passes_on: arguments that are not the command's own go to another program unchanged.
    """

    name: str
    group: str
    summary: str
    file: str = ""
    passes_on: bool = False
    after: str = ""

    @property
    def module(self) -> str:
        """The module of its file."""
        return f"{__name__}.{self.file or self.name}"


RUNNING = "Running"
COUNTRY = "The country"
FIGURES = "Records and figures"
PROOF = "Proof"
DEVELOPING = "Developing"

COMMANDS = (
    Command("up", RUNNING, "start the reporters' site, the officers' site and the worker"),
    Command("psql", RUNNING, "psql on the database that `up` uses", passes_on=True),
    Command("doctor", RUNNING, "is this installation safe? what to do where it is not"),
    Command("demo", RUNNING, "how an invented officer of the demonstration signs in"),
    Command("officers", RUNNING, "found: the first two officers of a real installation"),
    Command("keys", RUNNING, "desks' keys: list, rotate, sign; recovery: ceremony, recover"),
    Command("doors", RUNNING, "partners' keys; a test message through a gateway's door"),
    Command("backup", RUNNING, "everything in one file, sealed to keys that are not here"),
    Command("restore", RUNNING, "an installation out of a backup, on a bare machine"),
    Command("pack", COUNTRY, "check, draw or compare a country pack; move cases to a newer one"),
    Command("import", FIGURES, "records in: ctdc, glotip; services: hsds", file="imports"),
    Command("export", FIGURES, "what may be handed out: services as hsds", file="exports"),
    Command("simulate", FIGURES, "an invented country of N cases"),
    Command("canaries", PROOF, "plant invented cases whose opening raises an alarm"),
    Command("ledger", PROOF, "prove that no act and no read was rewritten"),
    Command("test", DEVELOPING, "the tests: all, --fast, --all, or --threat ROW", passes_on=True),
    Command("check", DEVELOPING, "linters, types, import contracts, migrations, translations"),
    Command("release", DEVELOPING, "known holes, bill of materials, archive, signatures"),
    Command("bench", DEVELOPING, "one measurement, on temporary data of its own"),
)


def overview() -> str:
    """What `himaya --help` shows."""
    lines = ["himaya COMMAND [--data DIR] …   (himaya COMMAND --help explains each)"]
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        lines += [
            "",
            f"{group}:",
            *(f"  {command.name:10}{command.summary}" for command in commands),
        ]
    return "\n".join(lines)
