"""Proposals, the watch over each plan, and numbers of the policy that were chosen."""

import clinic.models.patients
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from clinic.append_only import append_only

# What was proposed stays as it was; closing happens once.
KEEP = """
CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closing text[] := ARRAY['closed_at', 'closing', 'decided_at', 'decided_by_id', 'reason', 'carried_out', 'new_version_id'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL OR to_jsonb(NEW) - closing <> to_jsonb(OLD) - closing THEN
        RAISE EXCEPTION 'a proposal is kept as it was made and closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_proposal BEFORE UPDATE OR DELETE ON progress_proposal FOR EACH ROW EXECUTE FUNCTION keep_proposal();
"""
LOOSEN = "DROP TRIGGER keep_proposal ON progress_proposal; DROP FUNCTION keep_proposal();"


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0002_append_only'),
        ('programs', '0005_words_for_clinicians'),
        ('progress', '0003_unread_questions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanWatch',
            fields=[
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='watch', serialize=False, to='programs.plan')),
                ('facts_version', models.PositiveBigIntegerField()),
                ('as_of', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='PolicyChoice',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('value', models.FloatField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clinic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='policy_choices', to='clinic.clinic')),
                ('patient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='policy_choices', to='clinic.patient')),
            ],
            options={
                'ordering': ['-chosen_at'],
                'indexes': [models.Index(fields=['clinic', 'patient', 'name', '-chosen_at'], name='newest_policy_choice')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=clinic.models.patients.new_key, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('urgent', 'Urgent'), ('review', 'Look first'), ('step_back', 'Step back'), ('hold', 'Hold'), ('advance', 'Advance')], max_length=10)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('answer', models.JSONField()),
                ('evidence', models.JSONField()),
                ('policy', models.JSONField()),
                ('policy_version', models.CharField(max_length=20)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closing', models.CharField(blank=True, choices=[('approved', 'Approved'), ('edited', 'Approved with changes'), ('refused', 'Refused'), ('replaced', 'Replaced by a newer one')], max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('carried_out', models.JSONField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('new_version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.planversion')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='clinic.patient')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='programs.plan')),
                ('plan_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.planversion')),
            ],
            options={
                'ordering': ['-made_at'],
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True), models.Q(('outcome', 'hold'), _negated=True)), fields=['patient'], name='proposals_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('plan',), name='one_open_proposal_per_plan'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposal_decided_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closing', ''), ('decided_at__isnull', True)), models.Q(('closed_at__isnull', False), ('closing', 'replaced'), ('decided_at__isnull', True)), models.Q(('closed_at__isnull', False), ('closing__in', ('approved', 'edited', 'refused')), ('decided_at__isnull', False)), _connector='OR'), name='proposal_closed_as_it_was_decided'), models.CheckConstraint(condition=models.Q(models.Q(('closing', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refusal_has_a_reason'), models.CheckConstraint(condition=models.Q(('new_version__isnull', True), ('closing__in', ['approved', 'edited']), _connector='OR'), name='only_approval_changes_the_plan')],
            },
        ),
        append_only('progress_policychoice'),
        migrations.RunSQL(KEEP, LOOSEN),
    ]
