import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_join_look_alikes_and_hold_answers")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not said who writes"),
                    ("self", "Somebody who needs help"),
                    ("other", "Somebody who knows a person who needs help"),
                    ("witness", "Somebody who saw or heard something"),
                    ("work", "Somebody who does this work for a living"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="empty",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reporting.report",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("report", "empty"), name="reporting_two_numbers_at_most"
            ),
        ),
    ]
