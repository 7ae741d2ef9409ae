"""Red-flag screens and what became of them."""

import clinic.models.patients
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0003_safety'),
        ('progress', '0004_proposals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Screen',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('client_id', models.UUIDField()),
                ('content_hash', models.CharField(max_length=64)),
                ('wording', models.PositiveSmallIntegerField()),
                ('why', models.CharField(choices=[('start', 'Before the program starts'), ('warning', 'After something new that worries'), ('pain', 'After pain of 8 or more'), ('weekly', 'Once a week'), ('asked', 'Opened by the patient')], max_length=8)),
                ('answers', models.JSONField()),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('level', models.CharField(blank=True, choices=[('E', 'Emergency'), ('U', 'Same day'), ('W', 'Within 2 working days')], max_length=1)),
                ('closes', models.CharField(blank=True, choices=[('program', 'program'), ('impact', 'impact')], max_length=8)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('conflicts_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='progress.screen')),
                ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='screens', to='clinic.patient')),
            ],
            options={
                'ordering': ['-received_at'],
            },
        ),
        migrations.CreateModel(
            name='ScreenEvent',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('told', 'The care team was told'), ('told_again', "Told again, and the clinic's admins too"), ('called', 'The patient says they have called'), ('opened', 'Opened'), ('cleared', 'Cleared')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('screen', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='progress.screen')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.AddIndex(
            model_name='screen',
            index=models.Index(fields=['patient', '-received_at'], name='screens_by_patient'),
        ),
        migrations.AddConstraint(
            model_name='screen',
            constraint=models.UniqueConstraint(condition=models.Q(('conflicts_with__isnull', True)), fields=('patient', 'client_id'), name='one_screen_per_client_id'),
        ),
        migrations.AddConstraint(
            model_name='screen',
            constraint=models.UniqueConstraint(fields=('patient', 'client_id', 'content_hash'), name='one_screen_per_content'),
        ),
        migrations.AddConstraint(
            model_name='screen',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['', 'E', 'U', 'W'])), name='screen_level_known'),
        ),
        migrations.AddConstraint(
            model_name='screen',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes', 'program'), ('level__in', ['E', 'U'])), models.Q(('closes__in', ['', 'impact']), ('level', 'W')), models.Q(('closes', ''), ('level', '')), _connector='OR'), name='screen_closes_what_its_level_asks'),
        ),
        migrations.AddIndex(
            model_name='screenevent',
            index=models.Index(fields=['screen', 'kind'], name='events_by_screen'),
        ),
        migrations.AddConstraint(
            model_name='screenevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'opened'), _negated=True), fields=('screen', 'kind'), name='one_screen_event_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='screenevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'opened')), fields=('screen', 'by'), name='one_opening_per_person'),
        ),
        migrations.AddConstraint(
            model_name='screenevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('kind__in', ['told', 'told_again'])), models.Q(('by__isnull', False), ('kind__in', ['called', 'opened', 'cleared'])), _connector='OR'), name='screen_event_has_its_person'),
        ),
        migrations.AddConstraint(
            model_name='screenevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cleared'), models.Q(('note', ''), _negated=True)), models.Q(models.Q(('kind', 'cleared'), _negated=True), ('note', '')), _connector='OR'), name='clearing_needs_a_note'),
        ),
        append_only('progress_screen'),
        append_only('progress_screenevent'),
    ]
