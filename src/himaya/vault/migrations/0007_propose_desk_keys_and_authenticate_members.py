from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_order_desks'),
        ('vault', '0006_let_a_passkey_unlock'),
    ]

    # Nothing was released before this one. A row without a MAC is refused, never trusted.
    operations = [
        migrations.AddField(
            model_name='memberkey',
            name='mac',
            field=models.BinaryField(default=b''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='deskepoch',
            name='mac',
            field=models.BinaryField(default=b''),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='deskepoch',
            name='signature',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='deskepoch',
            name='opened_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name='deskepoch',
            name='vault_one_open_epoch_a_desk',
        ),
        migrations.AddConstraint(
            model_name='deskepoch',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('opened_at__isnull', False)), fields=('desk',), name='vault_one_open_epoch_a_desk'),
        ),
        migrations.AddConstraint(
            model_name='deskepoch',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True), ('opened_at__isnull', True)), fields=('desk',), name='vault_one_proposal_a_desk'),
        ),
        migrations.AddConstraint(
            model_name='deskepoch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('signature__isnull', True)), models.Q(('opened_at__isnull', False), ('signature__isnull', False)), _connector='OR'), name='vault_epoch_opens_when_signed'),
        ),
    ]
