"""Everybody who has an entry is a mentor so far; organisations get the key that they are sorted by."""

from django.db import migrations

from network.vietnamese import sort_key


def fill(apps, schema_editor):
    profiles, roles = apps.get_model("network", "Profile"), apps.get_model("network", "Role")
    roles.objects.bulk_create(
        [roles(profile_id=pk, kind="MENTOR") for pk in profiles.objects.values_list("pk", flat=True)]
    )
    organisations = apps.get_model("network", "Organisation").objects.only("pk", "name_vi", "name")
    for organisation in organisations.iterator():
        key = sort_key(organisation.name_vi or organisation.name)[:800]
        type(organisation).objects.filter(pk=organisation.pk).update(sort_key=key)


class Migration(migrations.Migration):
    dependencies = [("network", "0006_directory")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
