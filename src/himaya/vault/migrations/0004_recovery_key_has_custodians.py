from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0003_recovery_key'),
    ]

    # No ceremony could be held before this release: there is no row that needs the defaults.
    operations = [
        migrations.AddField(
            model_name='recoverykey',
            name='signing_key',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='recoverykey',
            name='opens_with',
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='recoverykey',
            name='bodies',
            field=models.TextField(default=''),
            preserve_default=False,
        ),
    ]
