"""The figures to watch: how the tree's code drifts from its aims. Prints a table; always exits 0.

    make drift          or: python tools/drift.py

A limit is a question, not a fence to climb: the answer is a better name or a missing concept.
"""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import grimp  # noqa: E402 - the tree is found first

from tools import laws, proofs  # noqa: E402
from tools.laws import File  # noqa: E402

RUN = 6  # equal lines in a row that are worth a look
SHORTEST_LINE = 4  # characters; closing brackets and the like say nothing
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.FunctionDef)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. found: empty when there is nothing to show."""

    name: str
    now: str
    aim: str
    found: tuple[str, ...] = ()


def spread(values: Iterable[int]) -> str:
    """Median, 95th percentile and longest."""
    ordered = sorted(values)
    if not ordered:
        return "none"
    percentile = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{median(ordered):g} / {percentile} / {ordered[-1]}"


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Lines from the first decorator to the end."""
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    return (node.end_lineno or first) - first + 1


def complexity(function: ast.AST) -> int:
    """McCabe's number as ruff counts it: one for the function, and one for each way that opens."""
    return sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def functions(files: Iterable[File]) -> Iterator[tuple[File, ast.FunctionDef]]:
    """Every function of some files."""
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.FunctionDef):
                yield file, node


def longest(sizes: Iterable[tuple[int, str]], over: int) -> tuple[str, ...]:
    """What is longer than it should be, longest first."""
    return tuple(f"{size} {name}" for size, name in sorted(sizes, reverse=True) if size > over)


def sizes(code: list[File]) -> Iterator[Figure]:
    """Files, functions, classes."""
    files = [(file.text.count("\n"), file.path) for file in code if file.text]
    yield Figure(
        "code file, lines", spread(n for n, _ in files), "60 / 200 / 400", longest(files, 300)
    )
    found = [(length(node), f"{file.path} {node.name}") for file, node in functions(code)]
    yield Figure("function, lines", spread(n for n, _ in found), "7 / 25 / 60", longest(found, 35))
    classes = [
        (length(node), f"{file.path} {node.name}")
        for file in code
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef)
    ]
    yield Figure(
        "class, lines", spread(n for n, _ in classes), "- / - / 120", longest(classes, 120)
    )
    ways = [(complexity(node), f"{file.path} {node.name}") for file, node in functions(code)]
    yield Figure("complexity", spread(n for n, _ in ways), "- / 4 / 8", longest(ways, 8))


def templates_and_tests(code: list[File], tests: list[File]) -> Iterator[Figure]:
    """Templates, test files, and how much test there is for the code."""
    pages = [
        (path.read_text(encoding="utf-8").count("\n"), str(path.relative_to(ROOT)))
        for path in laws.SOURCE.rglob("templates/**/*.html")
    ]
    yield Figure(
        "template, lines", spread(n for n, _ in pages), "- / 90 / 200", longest(pages, 120)
    )
    files = [(file.text.count("\n"), f"tests/{file.path}") for file in tests if file.text]
    yield Figure(
        "test file, lines", spread(n for n, _ in files), "- / - / 300", longest(files, 300)
    )
    written = sum(n for n, _ in files), sum(file.text.count("\n") for file in code)
    yield Figure("test lines per code line", f"{written[0] / written[1]:.2f}", "1.3 to 2.0")


def zeros(code: list[File]) -> Iterator[Figure]:
    """What should not be there at all."""
    broken = broken_contracts()
    yield Figure("broken contracts", str(len(broken)), "0", broken)
    ignored = ignored_imports()
    yield Figure("ignore_imports", str(len(ignored)), "0", ignored)
    cycles = import_cycles()
    yield Figure("import cycles", str(len(cycles)), "0", cycles)
    for name, law in {
        "imports inside functions": laws.inside_imports,
        "signal receivers": laws.signal_receivers,
        "catch-all modules": laws.catch_all_modules,
    }.items():
        found = tuple(finding for file in code for finding in law(file))
        yield Figure(name, str(len(found)), "0", found)
    repeated = repeats(code)
    yield Figure("six equal lines in two concepts", str(len(repeated)), "0", repeated)
    idle = unused(code)
    yield Figure("code nothing calls", str(len(idle)), "0", idle)


def broken_contracts() -> tuple[str, ...]:
    """Contracts of pyproject.toml that do not hold."""
    run = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-P", "-c", run, "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if checked.returncode and "BROKEN" not in checked.stdout:
        return ("the contracts could not be checked",)
    return tuple(
        line.removesuffix(" BROKEN")
        for line in checked.stdout.splitlines()
        if line.endswith(" BROKEN")
    )


def ignored_imports() -> tuple[str, ...]:
    """Exceptions that the contracts make."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return tuple(line for contract in contracts for line in contract.get("ignore_imports", []))


def import_cycles(package: str = "himaya") -> tuple[str, ...]:
    """Rings of modules that import one another; one line for each set of modules."""
    graph = grimp.build_graph(package, cache_dir=None, exclude_type_checking_imports=True)
    found: dict[frozenset[str], str] = {}
    for module in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(module):
            ring = graph.find_shortest_chain(importer=imported, imported=module)
            if ring is not None:
                found.setdefault(frozenset(ring), " > ".join([module, *ring]))
    return tuple(found.values())


def repeats(code: list[File]) -> tuple[str, ...]:
    """Runs of equal lines that stand in two concepts; imports and docstrings do not count."""
    places: defaultdict[tuple[str, ...], set[tuple[str, int]]] = defaultdict(set)
    for file in code:
        lines = telling_lines(file)
        for start in range(len(lines) - RUN + 1):
            run = lines[start : start + RUN]
            places[tuple(text for _, text in run)].add((file.path, run[0][0]))
    found: dict[frozenset[str], str] = {}
    for where in places.values():
        if len({path.split("/")[0] for path, _ in where}) > 1:
            first = sorted(where)
            key = frozenset(path for path, _ in first)
            found.setdefault(key, " = ".join(f"{path}:{line}" for path, line in first))
    return tuple(found.values())


def unused(code: list[File]) -> tuple[str, ...]:
    """Functions and classes that nothing in the code, its settings or its templates names."""
    pages = (path.read_text(encoding="utf-8") for path in laws.SOURCE.rglob("templates/**/*.html"))
    said = Counter(
        word for text in (*(f.text for f in code), *pages) for word in re.findall(r"\w+", text)
    )
    return tuple(
        f"{file.path}:{node.lineno} {node.name}"
        for file in code
        for node in file.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and said[node.name] == 1
    )


def telling_lines(file: File) -> list[tuple[int, str]]:
    """The numbered lines of a file that do something."""
    silent: set[int] = set()
    for node in ast.walk(file.tree):
        is_words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_words or isinstance(node, ast.Import | ast.ImportFrom):
            silent |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    numbered = enumerate(file.text.splitlines(), start=1)
    return [
        (number, line.strip())
        for number, line in numbered
        if number not in silent and len(line.strip()) >= SHORTEST_LINE
    ]


def exceptions(code: list[File], tests: list[File]) -> Iterator[Figure]:
    """Marks that ask a tool to look away; each should have its reason beside it."""
    counted: Counter[str] = Counter()
    for file in code:
        counted["noqa"] += len(re.findall(r"# noqa", file.text))
        counted["type: ignore"] += len(re.findall(r"# type: ignore", file.text))
    for file in tests:
        counted["skipped tests"] += len(re.findall(r"mark\.(?:skip|xfail)|pytest\.skip", file.text))
    for name in ("noqa", "type: ignore", "skipped tests"):
        yield Figure(name, str(counted[name]), "falling")


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The table, and below it what stands out."""
    figures = list(figures)
    wide = max(len(figure.name) for figure in figures)
    yield f"{'figure':{wide}}  {'now':>16}  aim"
    for figure in figures:
        yield f"{figure.name:{wide}}  {figure.now:>16}  {figure.aim}"
    for figure in figures:
        if figure.found:
            yield f"\n{figure.name}:"
            yield from (f"  {line}" for line in figure.found[:20])


def proved() -> Figure:
    """Rows of the threat model that a test proves, which fails with the control off."""
    rows = set(proofs.states())
    found = rows & {proof.row for proof in proofs.proofs()}
    return Figure("rows of the threat model with a proof", f"{len(found)} of {len(rows)}", "all")


def main() -> None:
    """Print the table; three numbers are median, 95th percentile and longest."""
    code, tests = laws.files(), laws.files(ROOT / "tests")
    figures = [
        *sizes(code),
        *templates_and_tests(code, tests),
        *zeros(code),
        *exceptions(code, tests),
        proved(),
    ]
    print("Three numbers are median / 95th percentile / longest.\n")
    print("\n".join(table(figures)))


if __name__ == "__main__":
    main()
