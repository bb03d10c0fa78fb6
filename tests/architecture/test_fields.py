"""Every field says what it may hold, and what is sealed or secret is kept as bytes or a hash."""

from dataclasses import replace

import pytest
from django.apps import apps

from tools import fields
from tools.fields import DECLARED, SEALED, SECRET, fields_md, unclassified


def test_every_field_that_may_hold_words_is_classified():
    """When this fails: say in tools/fields.py what the new field may hold."""
    assert len(fields.fields()) > 150
    assert unclassified(fields.fields()) == []


def test_a_new_field_without_a_class_would_be_found():
    field = replace(fields.fields()[0], name="story", kind="")

    assert unclassified([field]) == [f"{field.model}.story"]


def test_nothing_is_declared_that_is_not_there():
    known = {f"{field.model}.{field.name}" for field in fields.fields() if field.may_hold_words}
    known |= {f"*.{field.name}" for field in fields.fields() if field.may_hold_words}

    assert set(DECLARED) - known == set()


@pytest.mark.parametrize("kind", [SEALED, SECRET])
def test_what_is_sealed_or_secret_is_no_readable_column(kind):
    # Argon2id, and signed data under a hashed key: both by the framework's own fields.
    readable = {"accounts.Officer.password", "accounts.Session.session_data"}
    found = [field for field in fields.fields() if field.kind == kind]

    for field in found:
        column = apps.get_model(field.model)._meta.get_field(field.name)
        is_bytes = column.get_internal_type() == "BinaryField"
        assert is_bytes or f"{field.model}.{field.name}" in readable, field
    assert found


def test_every_class_is_explained_on_the_page():
    page = fields_md("")

    assert all(f"| {kind} | {what} |" in page for kind, what in fields.CLASSES.items())
    assert "`accounts.Officer`" in page
