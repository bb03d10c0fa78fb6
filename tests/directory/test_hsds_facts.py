"""What HSDS 3.0 itself says of the objects we carry, held as facts beside our own list.

Source: github.com/openreferral/specification, branch 3.0, schema/*.json: `required` and `enum`.
"""

import pytest

from himaya.directory.hsds.objects import KINDS

PLACES = ("physical", "postal", "virtual")
REQUIRED = {
    "accessibility": {"id"},
    "address": {
        *("id", "address_1", "city", "state_province", "postal_code", "country", "address_type")
    },
    "attribute": {"id"},
    "contact": {"id"},
    "cost_option": {"id"},
    "language": {"id"},
    "location": {"id", "location_type"},
    "organization": {"id", "name", "description"},
    "phone": {"id", "number"},
    "required_document": {"id"},
    "schedule": {"id"},
    "service": {"id", "name", "status"},
    "service_area": {"id"},
    "service_at_location": {"id"},
    "taxonomy_term": {"id", "name", "description"},
}
AMONG = {
    ("address", "address_type"): PLACES,
    ("location", "location_type"): PLACES,
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
}


@pytest.mark.parametrize("name", REQUIRED)
def test_what_hsds_requires_we_require_and_nothing_more(name):
    kind = KINDS[name]

    assert {column.name for column in kind.columns if column.required} == REQUIRED[name]


def test_lists_of_values_are_those_of_hsds():
    ours = {
        (kind.name, column.name): column.among
        for kind in KINDS.values()
        for column in kind.columns
        if column.among
    }

    assert ours == AMONG
    assert set(KINDS) == set(REQUIRED)
