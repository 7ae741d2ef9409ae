"""Hold these tables append-only in the database itself."""

from django.db import migrations

from clinic.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("education", "0001_initial"), ("clinic", "0002_append_only")]
    operations = [
        append_only("education_moduleversion"),
        append_only("education_checkattempt"),
    ]
