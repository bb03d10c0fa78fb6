"""A8: nobody finds a shelter through the directory: its address is stored and shown nowhere."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection

from himaya.directory.hsds import reading
from himaya.directory.models import Service
from tests.factories.browsers import Browser
from tests.factories.canary import look_for
from tests.factories.people import seat
from tests.factories.services import (
    brought_in,
    confidential,
    handed_out,
    key,
    place,
    service,
)
from tests.factories.threats import threat

pytestmark = pytest.mark.slow
STREET = "17 Canary Lane"
TABLES = [model for model in apps.get_models() if model._meta.app_label == "directory"]
CLOSED = ("address", "accessibility", "contact", "phone", "schedule")


@contextmanager
def whatever_a_file_says() -> Iterator[None]:
    """The import asks nothing about confidential places, and the tables take everything."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE conname LIKE ANY (%s)",
            [["directory%_is_open", "directory_confidential_%", "directory_place_in_step"]],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    with mock.patch.object(reading, "_check_confidential"):
        yield


def a_careless_file():
    """A shelter's place, marked as confidential, with everything that tells where it is."""
    careless = place("shelter")
    careless["location"] |= confidential("shelter")["location"] | {
        "name": STREET,
        "phones": [{"id": key("p"), "number": "000", "description": STREET}],
    }
    careless["location"]["addresses"][0]["address_1"] = STREET
    careless["description"] = STREET
    return service("Night shelter", needs=("shelter",), service_at_locations=[careless])


def everything_stored() -> Iterator[tuple[str, bytes]]:
    """Every row of every table of the directory, and of the ledger."""
    with connection.cursor() as cursor:
        for name in [model._meta.db_table for model in TABLES] + ["audit_pending"]:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM \"{name}\" t")
            yield name, cursor.fetchone()[0].encode()


def everything_shown(people) -> Iterator[tuple[str, bytes]]:
    """Every page of the directory, to a case worker and to a keeper, in both languages."""
    keeper = seat("directory_keeper", people.worker.desk)
    for reader in (people.worker, keeper):
        for language in ("en", "ar"):
            browser = Browser(reader, language=language)
            for found in Service.objects.all():
                for path in (
                    "/directory/?need=shelter",
                    f"/directory/services/{found.pk}/",
                    f"/directory/services/{found.pk}/edit",
                    f"/directory/organizations/{found.organization_id}/",
                ):
                    yield path, browser.get(path).content


@threat("A8", off=whatever_a_file_says)
def test_the_address_of_a_shelter_in_a_file_is_nowhere_afterwards(people, capsys):
    _tally, rejected = brought_in(
        a_careless_file(),
        service("Beds", needs=("shelter",), service_at_locations=[confidential()]),
    )

    places = [
        *everything_stored(),
        *everything_shown(people),
        ("the export", json.dumps(handed_out()).encode()),
        ("what the import says", repr(rejected).encode()),
        ("output", "".join(capsys.readouterr()).encode()),
    ]
    found = look_for([STREET], places)

    assert found.looked_at > 50_000
    assert found.places == []


def test_every_particular_of_a_place_is_kept_from_confidential_ones():
    """A new table that hangs on locations must choose: tell nothing, or be on this list."""
    hanging = {
        model._meta.model_name
        for model in TABLES
        for field in model._meta.fields
        if field.name == "location"
    }

    assert hanging == {*CLOSED, "language", "serviceatlocation"}
    for name in CLOSED:
        model = apps.get_model("directory", name)
        assert any(each.name.endswith("_of_open_location") for each in model._meta.constraints)
