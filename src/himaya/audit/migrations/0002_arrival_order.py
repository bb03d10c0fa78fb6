from django.db import migrations


class Migration(migrations.Migration):
    """The order in which pending acts are written; not a field, so that inserting reads nothing."""

    dependencies = [("audit", "0001_start")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE audit_pending ADD COLUMN arrived bigint GENERATED ALWAYS AS IDENTITY",
            "ALTER TABLE audit_pending DROP COLUMN arrived",
        ),
        migrations.RunSQL(
            "CREATE INDEX audit_pending_arrived ON audit_pending (arrived)",
            "DROP INDEX audit_pending_arrived",
        ),
    ]
