from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """What was there before had one list for each event, and let every ticket in once."""
    apps.get_model("events", "CheckInList").objects.filter(order=0).update(is_main=True)
    apps.get_model("events", "CheckIn").objects.filter(status="ok", annulled_at=None).update(turn=1)
    apps.get_model("events", "CheckInTally").objects.update(inside=F("admitted"))


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0004_doors"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
