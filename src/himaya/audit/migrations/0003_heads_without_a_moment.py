from django.db import migrations


class Migration(migrations.Migration):
    """When a head was signed stood where nobody could check it; co-signatures say it now."""

    dependencies = [("audit", "0002_arrival_order")]
    operations = [migrations.RemoveField(model_name="checkpoint", name="signed_at")]
