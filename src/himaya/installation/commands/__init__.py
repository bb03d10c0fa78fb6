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
    Command("demo", RUNNING, "how an invented officer of the demonstration signs in"),
    Command("pack", COUNTRY, "check, draw or compare a country pack"),
    Command("import", FIGURES, "coded records in: ctdc, glotip", file="imports"),
    Command("ledger", PROOF, "prove that no act and no read was rewritten"),
    Command("test", DEVELOPING, "the tests: all, --fast, or --all with the checks", passes_on=True),
    Command("check", DEVELOPING, "linters, types, import contracts, migrations, translations"),
    Command("bench", DEVELOPING, "one measurement, on temporary data of its own"),
)


def overview() -> str:
    """What `himaya --help` shows."""
    lines = ["himaya COMMAND [--data DIR] …   (himaya COMMAND --help explains each)"]
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        lines += [
            "",
            f"{group}:",
            *(f"  {command.name:8}{command.summary}" for command in commands),
        ]
    return "\n".join(lines)
