"""Questions to the database's own catalogue, and statements tried as one of its roles."""

from django.db import ProgrammingError, connection, transaction

from tests.factories.roles import as_role

TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    " AND relkind IN ('r', 'p') {} ORDER BY relname"
)


def ask(query: str, *values: object) -> list[tuple[object, ...]]:
    """The rows of a query, or none for a statement without any."""
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


def column(query: str, *values: object) -> list[str]:
    """The first column of a query's rows."""
    return [str(row[0]) for row in ask(query, *values)]


def tables(more: str = "") -> list[str]:
    """Every table of the schema, or those for which more holds."""
    return column(TABLES.format(more))


def refused(statement: str, *values: object) -> bool:
    """True when the present role may not do this. What it may do is undone again."""
    try:
        with transaction.atomic():
            ask(statement, *values)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "row-level security" in str(error)
    return False


def may_select(role: str) -> set[str]:
    """Tables of which a role may read something, tried one by one."""
    with as_role(role):
        return {name for name in tables() if not refused(f'SELECT FROM "{name}" LIMIT 1')}


def may_insert(role: str) -> set[str]:
    """Tables into which a role may put something, by the catalogue."""
    privilege = f"AND has_any_column_privilege('himaya_{role}', oid, 'INSERT')"
    return set(tables(privilege))
