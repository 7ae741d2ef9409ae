"""Hold these tables append-only in the database itself."""

from django.db import migrations

from clinic.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial"), ("clinic", "0002_append_only")]
    operations = [
        append_only("programs_exerciseversion"),
        append_only("programs_templateversion"),
        append_only("programs_planversion"),
        append_only("programs_planphase"),
        append_only("programs_planitem"),
        append_only("programs_session"),
        append_only("programs_sessionitem"),
    ]
