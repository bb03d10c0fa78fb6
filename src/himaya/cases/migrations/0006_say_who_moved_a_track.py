import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_let_a_case_be_merged_into_another'),
    ]

    operations = [
        migrations.AddField(
            model_name='trackstate',
            name='step',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('track', models.CharField(max_length=40)),
                ('step', models.CharField(max_length=40)),
                ('officer', models.UUIDField(null=True)),
                ('agency', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'track', 'at'], name='cases_move_track')],
            },
        ),
    ]
