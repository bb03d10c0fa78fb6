"""How the code is doing: the figures worth watching, each beside its aim. Decides nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "himaya"
BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.match_case,
)
CATCH_ALL = {"utils", "helpers", "common", "core", "services", "managers", "misc"}
IMPORTS = ("from ", "import ")
RUN = 6  # equal lines in two concepts that are worth a look


def main() -> int:
    """Print every figure; always 0."""
    code = {path: path.read_text(encoding="utf-8") for path in _code()}
    trees = {path: ast.parse(text) for path, text in code.items()}
    functions = [node for tree in trees.values() for node in ast.walk(tree) if _is_function(node)]
    classes = [n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    tests = [_lines(path) for path in sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {path: len(text.splitlines()) for path, text in code.items()}
    _sizes("code file, lines", lengths.values(), "median 60, 95th 200, longest 400")
    _sizes("function, lines", map(_length, functions), "median 7, 95th 25, longest 60")
    _sizes("class, lines", map(_length, classes), "longest 120")
    _sizes("complexity", map(_complexity, functions), "95th 4, highest 8")
    _sizes("template, lines", map(_lines, SOURCE.rglob("*.html")), "95th 90, longest 200")
    _sizes("test file, lines", tests, "longest 300")
    share = f"{sum(tests) / sum(lengths.values()):.2f}"
    _row("test lines per code line", share, "1.3 to 2.0")
    _row("broken import contracts, cycles", _broken_contracts(), "0")
    _row("ignore_imports", _ignored_imports(), "0")
    _row("imports inside functions", _count(functions, _imports_inside), "0")
    _row(
        "signal receivers",
        _matching(code, r"^\s*@receiver\b|_(?:save|delete|migrate)\.connect\("),
        "0",
    )
    _row("catch-all modules", sum(path.stem in CATCH_ALL for path in code), "0")
    _row("noqa", _matching(code, r"# noqa"), "falling")
    _row("type: ignore", _matching(code, r"# type: ignore"), "falling")
    _row("skipped tests", _skipped(), "falling")
    _row(f"runs of {RUN} equal lines in two concepts", len(_repeated(code)), "0")
    for place in _repeated(code)[:5]:
        print(f"    {place}")
    for path, length in sorted(lengths.items(), key=lambda item: -item[1])[:5]:
        print(f"    {length:4} {path.relative_to(ROOT)}")
    return 0


def _code() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def _row(name: str, figure: object, aim: str) -> None:
    print(f"{name:44}{figure!s:>34}   aim {aim}")


def _sizes(name: str, numbers: Iterable[int], aim: str) -> None:
    ordered = sorted(numbers) or [0]
    high = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    _row(name, f"median {median(ordered):.0f}, 95th {high}, longest {ordered[-1]}", aim)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _length(node: ast.AST) -> int:
    return int(node.end_lineno - node.lineno + 1)  # type: ignore[attr-defined]  # parsed from a file


def _complexity(function: ast.AST) -> int:
    return 1 + sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def _imports_inside(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))


def _count(nodes: Iterable[ast.AST], asked: Callable[[ast.AST], bool]) -> int:
    return sum(map(asked, nodes))


def _matching(code: dict[Path, str], pattern: str) -> int:
    return sum(len(re.findall(pattern, text, re.MULTILINE)) for text in code.values())


def _skipped() -> int:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    return sum(len(re.findall(r"pytest\.(?:mark\.)?(?:skip|xfail)", text)) for text in texts)


def _ignored_imports() -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return sum(len(contract.get("ignore_imports", [])) for contract in contracts)


def _broken_contracts() -> str:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(  # noqa: S603 - our own tool, no input
        [str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+) broken", done.stdout)
    return found.group(1) if found else "could not look"


def _repeated(code: dict[Path, str]) -> list[str]:
    """Runs of equal lines that stand in two concepts; imports and short lines do not count."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, text in code.items():
        lines = [line.strip() for line in text.splitlines()]
        told = [
            line for line in lines if len(line) > RUN and not line.startswith(("from", "import"))
        ]
        for start in range(len(told) - RUN + 1):
            places[tuple(told[start : start + RUN])].append(str(path.relative_to(SOURCE)))
    return sorted(
        {
            " ~ ".join(sorted(set(found)))
            for found in places.values()
            if len({place.split("/")[0] for place in found}) > 1
        }
    )


if __name__ == "__main__":
    sys.exit(main())
