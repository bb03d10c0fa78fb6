"""What no file of src/himaya may hold, found by reading the code. Findings are `file:line what`."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "himaya"
CATCH_ALL = {"utils", "util", "helpers", "common", "core", "services", "managers", "misc", "base"}
CATCH_ALL |= {"lib", "tools", "shared", "general", "stuff", "functions", "types", "constants"}
# `config` is settings, which extend one another from base.py.
NAMED_BY_CUSTOM = {"config/base.py"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "gmtime"}
CONVERSIONS = {"localtime", "localdate"}  # they read the clock only when given nothing
FROM_THE_DATABASE = ("now()", "current_timestamp", "clock_timestamp")
SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "post_migrate"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the tree: its path below src/himaya and what it says."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The code, parsed."""
        return _parsed(self.text)

    def at(self, node: ast.AST, what: str) -> str:
        """One finding."""
        return f"{self.path}:{getattr(node, 'lineno', 1)} {what}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def files(below: Path = SOURCE) -> list[File]:
    """Every Python file but migrations, which are history."""
    paths = sorted(path for path in below.rglob("*.py") if "migrations" not in path.parts)
    return [File(str(path.relative_to(below)), path.read_text(encoding="utf-8")) for path in paths]


def inside_imports(file: File) -> Iterator[str]:
    """Imports that stand in a function."""
    for function in _functions(file.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield file.at(node, "imports inside a function")


def catch_all_modules(file: File) -> Iterator[str]:
    """Modules and folders named after nothing."""
    parts = {part.removesuffix(".py") for part in file.path.split("/")}
    if parts & CATCH_ALL and file.path not in NAMED_BY_CUSTOM:
        yield f"{file.path}:1 is named after nothing"


def broad_excepts(file: File) -> Iterator[str]:
    """Handlers that also swallow bugs."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ExceptHandler):
            names = {"Exception", "BaseException"}
            caught = [] if node.type is None else ast.walk(node.type)
            if node.type is None or any(getattr(part, "id", "") in names for part in caught):
                yield file.at(node, "catches every exception")


def signal_receivers(file: File) -> Iterator[str]:
    """Code that something else calls unseen."""
    for node in ast.walk(file.tree):
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("django")
            and ({alias.name for alias in node.names} & (SIGNALS | {"receiver", "Signal"}))
        ):
            yield file.at(node, "imports a signal")
        elif isinstance(node, ast.Import) and any("signals" in each.name for each in node.names):
            yield file.at(node, "imports signals")


def clock_reads(file: File) -> Iterator[str]:
    """Calls and queries that ask what time it is."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")
            given = bool(node.args or node.keywords)
            if (called[2] in CLOCKS and _of_a_clock(called[0])) or (
                called[2] in CONVERSIONS and not given
            ):
                yield file.at(node, f"reads the clock: {ast.unparse(node.func)}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            asked = node.value.lower()
            if asked.startswith("select") and any(name in asked for name in FROM_THE_DATABASE):
                yield file.at(node, "asks the database for the time")


def _of_a_clock(owner: str) -> bool:
    return owner.rpartition(".")[2] in {"datetime", "date", "timezone", "time", "dt"}


def lax_operations(file: File) -> Iterator[str]:
    """Public functions of an operations module that do not have the form of an operation."""
    if not ("operations" in file.path.split("/") or file.path.endswith("/operations.py")):
        return
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            for lacking in _lacks(node):
                yield file.at(node, f"{node.name} {lacking}")


def _lacks(function: ast.FunctionDef) -> Iterator[str]:
    arguments = function.args
    if arguments.posonlyargs or arguments.args or arguments.vararg or arguments.kwarg:
        yield "takes something without its name"
    names = {argument.arg for argument in arguments.kwonlyargs}
    yield from (f"takes no {name}" for name in ("actor", "at") if name not in names)
    if "transaction.atomic" not in map(ast.unparse, function.decorator_list):
        yield "is not @transaction.atomic"
    if not ast.get_docstring(function):
        yield "has no docstring"


def bare_publics(file: File) -> Iterator[str]:
    """Public modules, classes and functions without a docstring."""
    if file.text.strip() and not ast.get_docstring(file.tree):
        yield f"{file.path}:1 has no docstring"
    for node in file.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not (
            node.name.startswith("_") or ast.get_docstring(node)
        ):
            yield file.at(node, f"{node.name} has no docstring")


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


Law = Callable[[File], Iterator[str]]


def found(law: Law, *, below: Path = SOURCE) -> list[str]:
    """Everything in the tree that breaks a law."""
    return [finding for file in files(below) for finding in law(file)]
