import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vault', '0005_let_a_compartment_be_shredded'),
    ]

    operations = [
        migrations.CreateModel(
            name='PasskeyWrap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('credential', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'credential'), name='vault_one_wrap_a_passkey')],
            },
        ),
    ]
