"""A mentor's profile becomes the entry of a person, whatever part they play."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def rename_permissions(apps, schema_editor):
    """Groups keep what they were given."""
    for permission in apps.get_model("auth", "Permission").objects.filter(
        codename__endswith="_mentorprofile", content_type__app_label="network"
    ):
        permission.codename = permission.codename.replace("_mentorprofile", "_profile")
        permission.save(update_fields=["codename"])


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_greeting_consent"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RenameModel("MentorProfile", "Profile"),
        migrations.AlterField(
            "profile",
            "person",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="profile",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "profile",
            "sectors",
            models.ManyToManyField(
                blank=True, related_name="profiles", to="network.sector", verbose_name="sectors"
            ),
        ),
        migrations.RunPython(rename_permissions, migrations.RunPython.noop),
    ]
