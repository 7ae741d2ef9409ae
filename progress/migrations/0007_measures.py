"""Outcome measures, and the activities that matter to a patient."""

import clinic.models.patients
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0003_safety'),
        ('progress', '0006_check_times'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=80, verbose_name='activity')),
                ('named_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='clinic.patient')),
            ],
            options={
                'ordering': ['named_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ActivityEnd',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='progress.activity')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MeasureSheet',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('client_id', models.UUIDField()),
                ('content_hash', models.CharField(max_length=64)),
                ('on', models.DateField()),
                ('groc', models.SmallIntegerField(null=True)),
                ('sane', models.PositiveSmallIntegerField(null=True)),
                ('plan_done', models.CharField(blank=True, choices=[('none', 'None'), ('some', 'Some'), ('half', 'About half'), ('most', 'Most'), ('all', 'All')], max_length=4)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('time', 'No time'), ('pain', 'Pain'), ('forgot', 'Forgot'), ('unsure', 'Not sure how'), ('equipment', 'Missing equipment'), ('unwell', 'Not well'), ('no_help', 'Did not seem to help')], max_length=10), default=list, size=None)),
                ('performed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('time_suspect', models.BooleanField(default=False)),
                ('conflicts_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='progress.measuresheet')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='progress.measuresheet')),
                ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='measure_sheets', to='clinic.patient')),
            ],
            options={
                'ordering': ['-on', '-received_at'],
            },
        ),
        migrations.CreateModel(
            name='ActivityRating',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('score', models.PositiveSmallIntegerField()),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='progress.activity')),
                ('sheet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='progress.measuresheet')),
            ],
            options={
                'ordering': ['activity__named_at', 'activity_id'],
            },
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='activity_has_words'),
        ),
        migrations.AddIndex(
            model_name='measuresheet',
            index=models.Index(fields=['patient', 'on'], name='sheets_by_patient_and_day'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.UniqueConstraint(condition=models.Q(('conflicts_with__isnull', True)), fields=('patient', 'client_id'), name='one_sheet_per_client_id'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.UniqueConstraint(fields=('patient', 'client_id', 'content_hash'), name='one_sheet_per_content'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='one_correction_per_sheet'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), ('conflicts_with__isnull', True), _connector='OR'), name='sheet_corrects_or_conflicts'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('groc__isnull', True), models.Q(('groc__gte', -5), ('groc__lte', 5)), _connector='OR'), name='sheet_groc_in_range'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('sane__isnull', True), ('sane__lte', 100), _connector='OR'), name='sheet_sane_in_range'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('plan_done__in', ['', 'none', 'some', 'half', 'most', 'all'])), name='sheet_plan_done_known'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('on__gte', '2000-01-01'), ('on__lte', '2100-01-01')), name='sheet_day_is_plausible'),
        ),
        migrations.AddConstraint(
            model_name='measuresheet',
            constraint=models.CheckConstraint(condition=models.Q(('performed_at__gte', '2000-01-01T00:00:00Z'), ('performed_at__lte', '2100-01-01T00:00:00Z')), name='sheet_time_is_plausible'),
        ),
        migrations.AddConstraint(
            model_name='activityrating',
            constraint=models.UniqueConstraint(fields=('sheet', 'activity'), name='one_rating_per_activity'),
        ),
        migrations.AddConstraint(
            model_name='activityrating',
            constraint=models.CheckConstraint(condition=models.Q(('score__lte', 10)), name='rating_in_range'),
        ),
        append_only('progress_activity'),
        append_only('progress_activityend'),
        append_only('progress_measuresheet'),
        append_only('progress_activityrating'),
    ]
