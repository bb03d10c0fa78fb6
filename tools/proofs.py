"""Which test proves which row of docs/threat-model.md: read from the marks in the tests."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "threat-model.md"
# A row of the page's own table: one or more ids, and at its end what is promised.
ROW = re.compile(r"^\| (?P<ids>[A-DI]\d+(?: [A-DI]\d+)*) \|.*\| (?P<state>[^|]+) \|$", re.MULTILINE)
BEGIN = "<!-- Made from the marks of the tests by `python tools/documents.py`. -->"
END = "<!-- Made so far. -->"
SECTION = """{begin}
| id | tests |
| --- | --- |
{rows}
{end}
"""
Values = dict[str, list[ast.expr]]


@dataclass(frozen=True, slots=True)
class Proof:
    """A test that proves a row. machine: it runs only when the machine is asked for."""

    row: str
    file: str
    test: str
    machine: bool


def proofs(below: Path = ROOT) -> list[Proof]:
    """Every test of a threat, by row, file and place in the file."""
    files = sorted((below / "tests").rglob("test_*.py"))
    found = [proof for path in files for proof in _of_file(path, below)]
    return sorted(found, key=lambda proof: (_place(proof.row), proof.file))


def states() -> dict[str, str]:
    """What the page promises of every row that it has."""
    found = ROW.finditer(PAGE.read_text(encoding="utf-8"))
    return {name: row["state"].strip() for row in found for name in row["ids"].split()}


def filled(page: Path, found: list[Proof] | None = None) -> str:
    """A page with its table of proofs as it should be."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2].lstrip("\n")
    return before + section(proofs() if found is None else found) + after


def section(found: list[Proof]) -> str:
    """The table of proofs."""
    rows = "\n".join(_row(row, some) for row, some in _by_row(found).items())
    return SECTION.format(begin=BEGIN, rows=rows, end=END)


def _row(row: str, found: list[Proof]) -> str:
    by_file = defaultdict(list)
    for proof in found:
        by_file[proof.file].append(f"`{proof.test}`" + (" (machine)" if proof.machine else ""))
    tests = "<br>".join(f"`{file}`: {', '.join(names)}" for file, names in by_file.items())
    return f"| {row} | {tests} |"


def _by_row(found: list[Proof]) -> dict[str, list[Proof]]:
    by_row: dict[str, list[Proof]] = {}
    for proof in found:
        by_row.setdefault(proof.row, []).append(proof)
    return by_row


def _place(row: str) -> tuple[str, int]:
    """B2 stands before B10."""
    return row[:1], int(row[1:]) if row[1:].isdigit() else 0


def _of_file(path: Path, below: Path) -> Iterator[Proof]:
    text = path.read_text(encoding="utf-8")
    if "threat" not in text:
        return
    tree = ast.parse(text)
    named = _named(tree)
    of_file = named.get("pytestmark", [])
    for test in ast.walk(tree):
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            marks = [*of_file, *(mark for each in test.decorator_list for mark in _of(each, named))]
            machine = any("mark.machine" in ast.unparse(mark) for mark in marks)
            for row in filter(None, dict.fromkeys(map(_row_of, marks))):
                yield Proof(row, str(path.relative_to(below)), test.name, machine)


def _named(tree: ast.Module) -> Values:
    """Marks that have a name in the file: `B7 = threat("B7", off=…)`."""
    named: Values = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named[node.targets[0].id] = _of(node.value, named)
    return named


def _of(node: ast.expr, named: Values) -> list[ast.expr]:
    if isinstance(node, ast.Name):
        return named.get(node.id, [node])
    if isinstance(node, ast.List | ast.Tuple):
        return [mark for each in node.elts for mark in _of(each, named)]
    return [node]


def _row_of(mark: ast.expr) -> str | None:
    """The row that a mark names; None when it is no mark of a threat."""
    if isinstance(mark, ast.Call) and ast.unparse(mark.func).rpartition(".")[2] == "threat":
        row = mark.args[0]
        if isinstance(row, ast.Constant) and isinstance(row.value, str) and row.value[1:].isdigit():
            return row.value
    return None
