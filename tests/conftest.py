"""What all tests stand on: a private PostgreSQL with the real roles and policies, no network."""

import ipaddress
import shutil
import socket
from collections.abc import Generator, Iterator
from unittest import mock

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from himaya.installation import policies, roles
from himaya.installation.messages import compile_messages
from himaya.installation.postgres.cluster import Cluster
from tests.factories import machines, shares, threats

TEST_DATABASE = "test_himaya"
# No limit of time for an example: the machine may be busy. A failure prints how to repeat it.
hypothesis.settings.register_profile(
    "himaya",
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("himaya")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`himaya test --threat B7` proves one row; with --control-off it must be red."""
    group = parser.getgroup("threats")
    group.addoption("--threat", metavar="ROW", help="only the tests of one row of the threat model")
    group.addoption("--control-off", action="store_true", help="with its control off: must fail")
    group.addoption("--machine", action="store_true", help="also what asks much of the machine")
    group.addoption("--share", metavar="K/N", help="of the slow tests only one share of N")
    group.addoption(
        "--write", action="store_true", help="write the documents that only a run can make"
    )


COUNT = pytest.StashKey[machines.Count]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of a threat runs with its control on, and with it off."""
    threats.both_ways(metafunc)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the row that was asked for; those of the machine only when asked for."""
    if found := list(machines.faults(items)):
        raise pytest.UsageError("\n".join(found))
    row = config.getoption("--threat")
    if row:
        items[:] = threats.chosen(items, row, control_off=config.getoption("--control-off"))
    if share := config.getoption("--share"):
        items[:] = [item for item in items if shares.in_share(item, share)]
    count = config.stash[COUNT] = machines.Count()
    if not (row or config.getoption("--machine")):
        count.not_asked = len(list(filter(machines.is_machines, items)))
        items[:] = [item for item in items if not machines.is_machines(item)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What this machine cannot run is counted and named; as the proof of a row it is red."""
    if not machines.is_machines(item):
        return
    why, count = machines.lacking(item), item.config.stash[COUNT]
    if not why:
        count.ran += 1
        return
    count.could_not[why] += 1
    if item.config.getoption("--threat"):
        pytest.fail(f"cannot be proved here: {why}", pytrace=False)
    pytest.skip(why)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of the machine ran."""
    line = terminalreporter.config.stash.get(COUNT, machines.Count()).line()
    if line:
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """With the control off a test of a threat must fail, unless a failure is what is asked for."""
    if not threats.is_off(pyfuncitem):
        return (yield)
    with threats.switched_off(pyfuncitem):
        if pyfuncitem.config.getoption("--control-off"):
            return (yield)
        try:
            yield
        except threats.FAILED:
            return True
    pytest.fail("passes also with its control off: it proves nothing", pytrace=False)


class NoNetwork(Exception):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """Pages under test speak every language, as after a start."""
    for directory in settings.LOCALE_PATHS:
        compile_messages(directory)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Tests reach this machine only; whatever leaves it is an error, not a slow success."""
    connect = socket.socket.connect

    def connect_here(line: socket.socket, address: object) -> None:
        if line.family != socket.AF_UNIX and not _is_here(address):
            raise NoNetwork(address)
        connect(line, address)  # type: ignore[arg-type] # as the caller gave it

    with mock.patch.object(socket.socket, "connect", connect_here):
        yield


def _is_here(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) else ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL for this run, with the installation's roles. It may forget: nothing is kept."""
    found = Cluster(settings.SCRATCH / "postgres", durable=False)
    found.create(None)
    try:
        found.start(settings.SCRATCH / "postgres.log")
        roles.make_roles(found.dsn(), TEST_DATABASE, dict.fromkeys(roles.LIMITS, "not asked for"))
        yield found
    finally:
        found.remove()
        shutil.rmtree(settings.SCRATCH)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is there already, owned by the role that owns it in an installation."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(cluster: Cluster) -> None:
    """Find the private cluster; migrate as the owner, who may no more than in an installation."""
    connection.settings_dict["HOST"] = str(cluster.socket)
    connection.settings_dict["OPTIONS"]["options"] = f"-c role={roles.role_name('owner')}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "pytest.FixtureRequest") -> None:
    """Apply the policies as the owner; from then on tests are the superuser, who sees every row."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined] # pytest-django's own type
        connection.ensure_connection()
        policies.apply(connection.connection)
        connection.close()
    connection.settings_dict["OPTIONS"].pop("options")


@pytest.fixture(scope="session", autouse=True)
def emptying_passes_the_ledger() -> Iterator[None]:
    """Between tests that commit, tables are emptied. The ledger refuses that, as it should; here
    its triggers are asleep for that one transaction."""
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, *args: object, **kwargs: object) -> list[str]:
        statements = flush(self, *args, **kwargs)
        return ["SET LOCAL session_replication_role = replica", *statements] if statements else []

    with mock.patch.object(DatabaseOperations, "sql_flush", sql_flush):
        yield
