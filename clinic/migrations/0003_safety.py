"""What the safety cards say, in versions two people made; clinic hours; how much of a program is closed."""

import clinic.models.patients
import clinic.rules.hours
import clinic.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.append_only import append_only

# What was proposed stays as it was; it is confirmed or withdrawn once.
KEEP = """
CREATE FUNCTION keep_safety_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closing text[] := ARRAY['confirmed_at', 'confirmed_by_id', 'withdrawn_at', 'withdrawn_by_id'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR to_jsonb(NEW) - closing <> to_jsonb(OLD) - closing THEN
        RAISE EXCEPTION 'safety words are kept as they were proposed and closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_safety_words BEFORE UPDATE OR DELETE ON clinic_safetywords FOR EACH ROW EXECUTE FUNCTION keep_safety_words();
"""
LOOSEN = "DROP TRIGGER keep_safety_words ON clinic_safetywords; DROP FUNCTION keep_safety_words();"


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClinicHours',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('hours', models.JSONField()),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-set_at'],
            },
        ),
        migrations.CreateModel(
            name='SafetyWords',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('emergency_number', models.CharField(max_length=20, validators=[clinic.validators.plain_line], verbose_name='emergency number')),
                ('phone', models.CharField(blank=True, max_length=40, validators=[clinic.validators.plain_line], verbose_name='clinic phone')),
                ('urgent_line', models.CharField(blank=True, max_length=40, validators=[clinic.validators.plain_line], verbose_name='urgent care line')),
                ('crisis_line', models.CharField(blank=True, max_length=40, validators=[clinic.validators.plain_line], verbose_name='crisis line')),
                ('crisis_text', models.CharField(blank=True, max_length=600, validators=[clinic.validators.plain_text], verbose_name='crisis text')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-proposed_at'],
            },
        ),
        migrations.AddField(
            model_name='clinic',
            name='crisis_line',
            field=models.CharField(blank=True, max_length=40, validators=[clinic.validators.plain_line], verbose_name='crisis line'),
        ),
        migrations.AddField(
            model_name='clinic',
            name='crisis_text',
            field=models.CharField(blank=True, max_length=600, validators=[clinic.validators.plain_text], verbose_name='crisis text'),
        ),
        migrations.AddField(
            model_name='clinic',
            name='hours',
            field=models.JSONField(default=clinic.rules.hours.usual),
        ),
        migrations.AddField(
            model_name='clinic',
            name='urgent_line',
            field=models.CharField(blank=True, max_length=40, validators=[clinic.validators.plain_line], verbose_name='urgent care line'),
        ),
        migrations.AddField(
            model_name='patient',
            name='closed',
            field=models.CharField(blank=True, choices=[('impact', 'No running or jumping'), ('program', 'The whole program')], editable=False, max_length=8),
        ),
        migrations.AddConstraint(
            model_name='patient',
            constraint=models.CheckConstraint(condition=models.Q(('closed__in', ['', 'impact', 'program'])), name='closed_is_known'),
        ),
        migrations.AddField(
            model_name='clinichours',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours_history', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='clinichours',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safetywords',
            name='clinic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_words', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='safetywords',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safetywords',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safetywords',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('clinic',), name='one_open_proposal_of_safety_words'),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='safety_words_confirmed_at_and_by_together'),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='safety_words_withdrawn_at_and_by_together'),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='safety_words_take_two_people'),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='not_confirmed_and_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='safetywords',
            constraint=models.CheckConstraint(condition=models.Q(('emergency_number', ''), _negated=True), name='safety_words_have_an_emergency_number'),
        ),
        append_only('clinic_clinichours'),
        migrations.RunSQL(KEEP, LOOSEN),
    ]
