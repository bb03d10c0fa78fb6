"""What all tests stand on is as it says."""

import socket

import pytest
from django.db import connection

from tests.conftest import NoNetwork


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("2001:db8::1", 80)])
def test_no_test_reaches_another_machine(address):
    with socket.socket() as line, pytest.raises(NoNetwork):
        line.connect(address)


def test_this_machine_is_reachable():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as line:
        line.connect(server.getsockname())


@pytest.mark.django_db
def test_tests_are_the_superuser_and_step_down_to_a_role_that_sees_less():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_grant")
        cursor.execute("SET LOCAL ROLE himaya_public")
        cursor.execute("SELECT has_table_privilege('vault_grant', 'SELECT')")

        assert cursor.fetchone() == (False,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(turn):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_treehead")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO audit_treehead (id, size, frontier) VALUES (1, 0, '')")
