"""Hold these tables append-only in the database itself."""

from django.db import migrations

from clinic.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("progress", "0001_initial"), ("clinic", "0002_append_only")]
    operations = [
        append_only("progress_dailycheck"),
        append_only("progress_seenmark"),
    ]
