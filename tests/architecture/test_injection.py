"""No name of a column, no statement and no template is made of what somebody sent."""

import pytest

from tools.injection import injections
from tools.laws import File, found

# Files in which something is put together, and why nothing of it comes from outside.
PUT_TOGETHER = {
    "accounts/paging.py": "columns that the callers write out, read as a moment and a key",
    "audit/reading.py": "queries of the other files of the ledger, over columns of the models",
    "audit/said.py": "settings of a file of our own, three constants",
    "audit/settling.py": "hands on two constants of the same file",
    "cases/sought.py": "names of columns that stand in the same file; what was sent are values",
    "enrolment/owners.py": "hands on constants of the same file; what was sent are values",
    "fieldwork/operations/devices.py": "two constants of the same line",
    "inquiries/queries.py": "columns that stand in the same file",
    "pathway/asking.py": "statements that the models' own querysets made, with their values apart",
    "pathway/queries.py": "two directions that stand in the same line",
    "referrals/asleep.py": "statements written one line above",
    "reporting/inserting.py": "columns of a model, quoted by the driver",
    "statistics/operations.py": "the fields of a dataclass of ours",
    "statistics/queries.py": "steps and columns that stand in the same file",
    "reporting/templatetags/pictures.py": "a template of our own, by a name from a fixed table",
    "statistics/reading/incoming.py": "no query: the values of a table that was read",
    "statistics/rows.py": "columns of a model, quoted by the driver",
    "vault/recovery.py": "hands on two constants of the same file",
}
# The command line: run by whoever has the machine, and reached by no request.
BY_HAND = "installation/"


def files_with_findings():
    return {finding.split(":")[0] for finding in found(injections)}


def test_nothing_is_put_together_but_what_stands_on_the_list():
    unexplained = {path for path in files_with_findings() if not path.startswith(BY_HAND)}

    assert unexplained - set(PUT_TOGETHER) == set()


def test_the_list_names_nothing_that_is_no_longer_there():
    assert set(PUT_TOGETHER) <= files_with_findings()


PLANTED = [
    "Case.objects.filter(**request.GET.dict())",
    "Case.objects.exclude(**chosen)",
    "Case.objects.annotate(**{column: Count('pk')})",
    "rows.alias(**names)",
    "rows.values(column)",
    "rows.values_list(*columns)",
    "rows.order_by(request.GET['sort'])",
    "rows.order_by('-' + column)",
    "rows.order_by(F(column).desc())",
    "Case.objects.extra(where=['1=1'])",
    "Case.objects.annotate(x=RawSQL('1', []))",
    "Case.objects.raw(f'SELECT {column}')",
    "cursor.execute(f'SELECT {column}')",
    "cursor.execute('SELECT %s' % column)",
    "cursor.execute(statement)",
    "mark_safe(words)",
    "Template(words)",
    "engine.from_string(words)",
]
FINE = [
    "Case.objects.filter(desk_id=request.GET['desk'])",
    "Case.objects.filter(**{'desk__kind': kind})",
    "rows.values_list('sex', 'age_group')",
    "rows.values_list('line', *COLUMNS)",
    "rows.order_by('-opened_at', F('due_at').asc(nulls_last=True))",
    "cursor.execute('SELECT %s', [words])",
    "cursor.execute(INSERT, [words])",
    "cursor.execute(sql.SQL('SELECT {}').format(sql.Identifier(column)))",
    "found.get(column)",
    "execute(words)",
]


@pytest.mark.parametrize("line", PLANTED)
def test_each_way_that_was_planted_is_found(line):
    assert len(list(injections(File("cases/queries.py", line)))) == 1


@pytest.mark.parametrize("line", FINE)
def test_what_is_written_out_is_not_found(line):
    assert list(injections(File("cases/queries.py", line))) == []
