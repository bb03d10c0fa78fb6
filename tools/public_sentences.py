"""Which sentences a reporter may read: on the reporters' site, and on paper given to them."""

import ast
from pathlib import Path

TEMPLATES = (
    "reporting/templates/reporting/public/*",
    "web/templates/web/public/*",
    "web/templates/web/components/errors.html",
    "web/templates/web/components/field.html",
    "web/templates/web/components/field_words.html",
    "web/templates/web/errors/sentence.html",
    "doors/templates/doors/public/*",
)
# A file, and the classes and functions in it; all of the file where none is named.
CODE: dict[str, tuple[str, ...]] = {
    "reporting/public/*.py": (),
    "reporting/presenters.py": (),
    "web/public/*.py": (),
    "reporting/errors.py": ("NothingSaid", "TooLong", "AlreadyReceived", "NoDeskKey", "NoWords"),
    "web/failures.py": ("unreachable", "bad_request", "too_large", "not_found", "broken"),
    "web/sentences.py": (),
    "doors/paper/sheet.py": (),
    "notices/to_reporters.py": (),
    "hotline/script.py": (),
    "fieldwork/spoken.py": (),
    "decisions/wording.py": (),
    "cases/rights.py": (),
}


def is_public(path: Path) -> bool:
    """Whether the reporters' site uses this template. path: from the root of the package."""
    return any(path.match(pattern) for pattern in TEMPLATES)


def public_part(path: Path, text: str) -> str:
    """Those lines of a Python file whose sentences reach reporters."""
    for pattern, names in CODE.items():
        if path.match(pattern):
            return _only(text, names) if names else text
    return ""


def _only(text: str, names: tuple[str, ...]) -> str:
    parts = {
        part.name: ast.get_source_segment(text, part) or ""
        for part in ast.parse(text).body
        if isinstance(part, ast.ClassDef | ast.FunctionDef)
    }
    return "\n".join(parts[name] for name in names)
