"""Where somebody's words could become a column's name, a part of a statement or a template."""

import ast
from collections.abc import Iterator

from tools.laws import File

# Methods of a query whose keywords are names of columns.
KEYED = {"aggregate", "alias", "annotate", "exclude", "filter", "get", "get_or_create"}
KEYED |= {"update", "update_or_create"}
# Methods of a query whose arguments are names of columns.
NAMED = {"dates", "datetimes", "defer", "distinct", "only", "order_by"}
NAMED |= {"prefetch_related", "select_related", "values", "values_list"}
# What runs a statement; what takes a piece of one, or of a page, as it is.
RUN = {"copy", "execute", "executemany", "raw"}
RAW = {"RawSQL", "SafeString", "Template", "extra", "from_string", "mark_safe"}


def injections(file: File) -> Iterator[str]:
    """Calls in which a name, a statement or a template is not written out in the code."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            for what in _faults(called, node):
                yield file.at(node, f"{called}: {what}")


def _faults(called: str, call: ast.Call) -> Iterator[str]:
    is_method = isinstance(call.func, ast.Attribute)
    if called in RAW:
        yield "takes words as they are"
    if called in KEYED and is_method and any(_open(keyword) for keyword in call.keywords):
        yield "keywords that are not written out"
    if called in NAMED and is_method and not all(map(_written, call.args)):
        yield "names that are not written out"
    if called in RUN and is_method and call.args and not _written(call.args[0]):
        yield "a statement that is not written out"


def _open(keyword: ast.keyword) -> bool:
    """`**something`, unless it is a dictionary whose keys stand there."""
    if keyword.arg is not None:
        return False
    value = keyword.value
    keys = value.keys if isinstance(value, ast.Dict) else [None]
    return not all(isinstance(key, ast.Constant) for key in keys)


def _written(node: ast.expr) -> bool:
    """A constant, also one that has a name, or an expression of the query language such as
    F("due_at").asc(). What the driver itself quotes counts too: sql.SQL(…).format(…)."""
    if isinstance(node, ast.Call):
        if ast.unparse(node.func).startswith("sql.SQL("):
            return True
        return all(map(_written, node.args)) and _of_the_query_language(node.func)
    if isinstance(node, ast.UnaryOp):
        return _written(node.operand)
    if isinstance(node, ast.Starred):
        return _written(node.value)
    if isinstance(node, ast.Name | ast.Attribute):
        return ast.unparse(node).rpartition(".")[2].isupper()
    return isinstance(node, ast.Constant)


def _of_the_query_language(function: ast.expr) -> bool:
    while isinstance(function, ast.Attribute):
        function = function.value
    if isinstance(function, ast.Call):
        return _written(function)
    return isinstance(function, ast.Name) and function.id[:1].isupper()
