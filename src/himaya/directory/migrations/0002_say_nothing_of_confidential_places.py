"""What Django cannot say of these tables: nothing hangs on a confidential place, no double turns."""

from django.db import migrations

# Table, its link, and the table that it points to. A link compares the flag of what it points to
# with its own, which is never true: so nothing is put there, and a place at which something hangs
# cannot become confidential before that is gone.
OPEN_ONLY = (
    ("address", "location"),
    ("accessibility", "location"),
    ("contact", "location"),
    ("contact", "service_at_location"),
    ("phone", "location"),
    ("phone", "service_at_location"),
    ("schedule", "location"),
    ("schedule", "service_at_location"),
)
TABLES = {"location": "directory_location", "service_at_location": "directory_serviceatlocation"}


def says_nothing(table, link):
    """The foreign key of two columns."""
    name = f"directory_{table}_{link}_is_open"
    return migrations.RunSQL(
        f"ALTER TABLE directory_{table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY ({link}_id, confidential) REFERENCES {TABLES[link]} (id, confidential)",
        f"ALTER TABLE directory_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_services_and_rosters")]

    operations = [
        # Both are changed together, so they are compared when the transaction ends.
        migrations.RunSQL(
            "ALTER TABLE directory_serviceatlocation ADD CONSTRAINT directory_place_in_step"
            " FOREIGN KEY (location_id, confidential)"
            " REFERENCES directory_location (id, confidential) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE directory_serviceatlocation DROP CONSTRAINT directory_place_in_step",
        ),
        *(says_nothing(table, link) for table, link in OPEN_ONLY),
        # Minutes of the week, once as they are and once a week earlier, for the night to Monday.
        # An index of ranges knows no equality of uuids, so their hashes stand as ranges of one.
        migrations.RunSQL(
            """
            ALTER TABLE directory_shift ADD CONSTRAINT directory_one_turn_at_a_time EXCLUDE USING gist (
              int8range(uuid_hash_extended(officer_id, 0), uuid_hash_extended(officer_id, 0), '[]') WITH &&,
              int8range(uuid_hash_extended(desk_id, 0), uuid_hash_extended(desk_id, 0), '[]') WITH &&,
              daterange(first_on, last_on + (minute + minutes > 1440)::int, '[]') WITH &&,
              int4multirange(
                int4range((extract(isodow FROM first_on)::int - 1) * 1440 + minute,
                          (extract(isodow FROM first_on)::int - 1) * 1440 + minute + minutes),
                int4range((extract(isodow FROM first_on)::int - 8) * 1440 + minute,
                          (extract(isodow FROM first_on)::int - 8) * 1440 + minute + minutes)
              ) WITH &&
            )
            """,
            "ALTER TABLE directory_shift DROP CONSTRAINT directory_one_turn_at_a_time",
        ),
    ]
