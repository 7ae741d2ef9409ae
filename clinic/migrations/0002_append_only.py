"""Hold these tables append-only in the database itself."""

from django.db import migrations

from clinic.append_only import append_only, refuse_change


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]
    operations = [
        refuse_change(),
        append_only("clinic_auditevent"),
        append_only("clinic_accessevent"),
        append_only("clinic_consent"),
    ]
