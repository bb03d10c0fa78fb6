"""What every file of the tree keeps to, and that each check finds what it looks for."""

import pytest

from tools import laws
from tools.laws import File, found

# Pages and commands read the time, once, and hand it on.
MAY_READ_THE_CLOCK = (
    "accounts/pages.py",
    "doors/messages/views.py",
    "installation/",
    "reporting/public/",
)
# Work that several operations of a folder share. None of it is an operation: no page imports it.
SHARED_WORK = {
    "cases/operations/locked.py": {"locked", "locked_all"},
    "consent/operations/keeping.py": {"keep", "locked"},
    "consent/operations/questions.py": {"asked", "check_may_ask"},
    "consent/operations/sharing.py": {"end_shares", "hand_on"},
    "identification/operations/trace.py": {"answered", "carried", "locked", "sealed", "trace"},
    "decisions/operations/writing.py": {"dropped", "put", "write_view"},
    "referrals/operations/answering.py": {"say", "say_no"},
    "referrals/operations/shares.py": {"end_shares"},
    "referrals/operations/showing.py": {"shown_as_sent"},
    "referrals/operations/taking_over.py": {"take_over"},
    "referrals/operations/trace.py": {"locked", "tell_receiver", "tell_sender", "trace"},
    "reporting/operations/again.py": {"once"},
    "tasks/operations/trace.py": {"locked_task", "trace"},
}


def test_there_is_code_to_look_at():
    assert len(laws.files()) > 150


@pytest.mark.parametrize(
    "law",
    [
        laws.inside_imports,
        laws.catch_all_modules,
        laws.broad_excepts,
        laws.signal_receivers,
        laws.bare_publics,
    ],
    ids=lambda law: law.__name__,
)
def test_no_file_breaks_the_law(law):
    assert found(law) == []


def test_only_pages_and_commands_read_the_time():
    late = [finding for finding in found(laws.clock_reads) if not of(finding, MAY_READ_THE_CLOCK)]

    assert late == []


def test_every_operation_takes_actor_and_moment_by_name_is_atomic_and_says_what_it_means():
    lax = {
        (finding.split(":")[0], finding.split()[1])
        for finding in found(laws.lax_operations)
        if not of(finding, tuple(SHARED_WORK))
    }

    assert lax == set()


def test_work_that_operations_share_is_called_by_operations_only():
    shared = ["himaya." + path.removesuffix(".py").replace("/", ".") for path in SHARED_WORK]
    callers = {
        file.path
        for file in laws.files()
        for module in shared
        if f"from {module} import" in file.text or f"import {module}" in file.text
    }

    assert callers
    assert [path for path in callers if "/operations" not in path] == []


def test_what_is_listed_as_shared_work_is_still_there():
    lax = found(laws.lax_operations)

    for path, names in SHARED_WORK.items():
        assert names == {finding.split()[1] for finding in lax if finding.startswith(path)}


def of(finding, places):
    return finding.startswith(places)


OPERATION = '''
"""Every write to a referral."""

@transaction.atomic
def accept(*, actor, referral_id, at):
    """The receiving agency takes the person on."""
    if referral_id:
        import himaya
'''
PLANTED = [
    (laws.inside_imports, "referrals/operations.py", OPERATION, 1),
    (laws.catch_all_modules, "referrals/utils.py", "", 1),
    (laws.catch_all_modules, "helpers/views.py", "", 1),
    (laws.catch_all_modules, "referrals/rules.py", "", 0),
    (laws.broad_excepts, "a.py", "try:\n    f()\nexcept Exception:\n    pass", 1),
    (laws.broad_excepts, "a.py", "try:\n    f()\nexcept:\n    pass", 1),
    (laws.broad_excepts, "a.py", "try:\n    f()\nexcept (OSError, Exception):\n    pass", 1),
    (laws.broad_excepts, "a.py", "try:\n    f()\nexcept OSError:\n    pass", 0),
    (laws.signal_receivers, "a.py", "from django.db.models.signals import post_save", 1),
    (laws.signal_receivers, "a.py", "from django.dispatch import receiver", 1),
    (laws.signal_receivers, "a.py", "from himaya.referrals import receiver", 0),
    (laws.clock_reads, "a.py", "at = timezone.now()", 1),
    (laws.clock_reads, "a.py", "at = datetime.datetime.now(UTC)", 1),
    (laws.clock_reads, "a.py", "on = date.today()", 1),
    (laws.clock_reads, "a.py", "at = time.time()", 1),
    (laws.clock_reads, "a.py", "on = timezone.localdate()", 1),
    (laws.clock_reads, "a.py", "on = timezone.localdate(at)", 0),
    (laws.clock_reads, "a.py", 'cursor.execute("SELECT now()")', 1),
    (laws.clock_reads, "a.py", "moment = time(12, 0)", 0),
    (laws.lax_operations, "referrals/operations.py", OPERATION, 0),
    (laws.lax_operations, "referrals/rules.py", "def may(actor): ...", 0),
    (laws.lax_operations, "referrals/operations.py", "def _private(actor): ...", 0),
    (laws.lax_operations, "a/operations.py", OPERATION.replace("*, ", ""), 3),
    (laws.lax_operations, "a/operations.py", OPERATION.replace("actor, ", ""), 1),
    (laws.lax_operations, "a/operations/b.py", OPERATION.replace(", at", ""), 1),
    (laws.lax_operations, "a/operations/b.py", OPERATION.replace("@transaction.atomic", ""), 1),
    (laws.lax_operations, "a/operations.py", OPERATION.replace('"""', "#"), 1),
    (laws.bare_publics, "a.py", "def shown(): ...", 2),
    (laws.bare_publics, "a.py", '"""Words."""\n\nclass _Hidden: ...', 0),
    (laws.bare_publics, "a.py", '"""Words."""\n\nclass Shown: ...', 1),
]


@pytest.mark.parametrize(("law", "path", "text", "number"), PLANTED)
def test_each_check_finds_what_was_planted_and_nothing_else(law, path, text, number):
    assert len(list(law(File(path, text)))) == number


def test_a_finding_says_where():
    (finding,) = laws.broad_excepts(File("a/b.py", "\ntry:\n    f()\nexcept Exception:\n    g()"))

    assert finding == "a/b.py:4 catches every exception"
