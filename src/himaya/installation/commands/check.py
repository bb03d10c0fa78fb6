"""What tools can see: style, types, imports, missing migrations, missing translations."""

import sys
from argparse import ArgumentParser, Namespace

from himaya.installation import processes
from himaya.installation.developing import need_tree, run_in_tree

PATHS = ("src", "tests", "bench", "tools", "himaya", "himaya-witness")
SETTINGS = "--settings=himaya.config.test"
CONTRACTS = "from importlinter.cli import lint_imports_command as run; run()"
# No database is needed here, and the warning that there is none is not wanted.
DJANGO = [sys.executable, "-P", "-W", "ignore", "-m", "django"]
CHECKS = (
    ("Style", processes.module("ruff", "check", *PATHS)),
    ("Layout", processes.module("ruff", "format", "--check", *PATHS)),
    ("Types", processes.module("mypy", "src")),
    ("Which way imports go", [sys.executable, "-P", "-c", CONTRACTS, "--no-logo"]),
    ("Migrations", [*DJANGO, "makemigrations", "--check", "--dry-run", SETTINGS]),
    ("Translations", [sys.executable, "tools/translations.py"]),
)
FIXES = (
    processes.module("ruff", "check", "--fix", "--quiet", *PATHS),
    processes.module("ruff", "format", "--quiet", *PATHS),
)


def add(parser: ArgumentParser) -> None:
    """Whether to repair."""
    parser.add_argument("--fix", action="store_true", help="first repair what a tool can repair")


def run(options: Namespace) -> int:
    """Run every check, also after one failed, and say which failed."""
    need_tree()
    for fix in FIXES if options.fix else ():
        run_in_tree(fix)
    failed = [title for title, command in CHECKS if not _passes(title, command)]
    print(f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed.", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _passes(title: str, command: list[str]) -> bool:
    print(f"\n== {title}", flush=True)
    return run_in_tree(command) == 0
