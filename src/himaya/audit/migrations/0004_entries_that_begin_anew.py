from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the few entries with which an origin of the ledger begins, without reading them all."""

    dependencies = [("audit", "0003_heads_without_a_moment")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("act", "ledger.begun_anew")),
                fields=["index"],
                name="audit_entry_beginnings",
            ),
        ),
    ]
