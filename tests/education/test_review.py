"""Nothing a person wrote reaches patients before another person has approved exactly those words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail import signals
from wagtail.models import Revision, TaskState, WorkflowState

from clinic.actions.outbox import drain
from clinic.models import AuditEvent, Membership, OutgoingMail, User
from education import actions
from education.actions import AlreadyDecided, NotReviewed, NotYours
from education.models import ModuleVersion, Source
from education.models.reviews import may_review, review_of
from education.tasks import publish_scheduled
from tests.education import desk
from tests.factories import make_clinic, make_user
from tests.programs.test_desk import make_exercise

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(db):
    return desk.make_editor(name="Ann Author")


@pytest.fixture
def reviewer(db):
    return desk.make_editor(name="Rose Reviewer")


@pytest.fixture
def module(author, reviewer):
    return desk.make_module()


def drafted(row, by: User, **words: str):
    draft = row.get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    row.refresh_from_db()
    return row


def sent(row, by: User, **words: str) -> TaskState:
    """The step that waits, after `by` wrote new words and asked for a review."""
    return actions.ask_for_review(row=drafted(row, by, **{"title": "New words", **words}), by=by)


def titles(module) -> list[str]:
    return [version.title for version in ModuleVersion.objects.filter(module=module).order_by("number")]


def posted(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=kind).values_list("to", flat=True))


def test_an_approval_publishes_and_is_kept_with_the_version(module, author, reviewer):
    step = actions.approve(row=module, step_id=sent(module, author).pk, by=reviewer)

    version = module.versions.first()
    assert (version.title, version.published_by, version.reviewed_by) == ("New words", author, reviewer)
    assert version.reviewed_at == step.finished_at


def test_whoever_wrote_it_does_not_approve_it(module, author):
    step = sent(module, author)

    with pytest.raises(NotYours):
        actions.approve(row=module, step_id=step.pk, by=author)

    assert titles(module) == ["Old words"]


def test_whoever_wrote_a_part_of_it_does_not_approve_it_either(module, author, reviewer):
    drafted(module, reviewer, goal="Say another thing.")
    step = sent(module, author)

    with pytest.raises(NotYours):
        actions.approve(row=module, step_id=step.pk, by=reviewer)


def test_whoever_only_asked_for_the_review_does_not_approve_it(module, author, reviewer):
    drafted(module, author, title="New words")
    step = actions.ask_for_review(row=module, by=reviewer)

    with pytest.raises(NotYours):
        actions.approve(row=module, step_id=step.pk, by=reviewer)


def test_who_wrote_an_earlier_version_may_approve_the_next(module, author, reviewer):
    actions.approve(row=module, step_id=sent(module, author).pk, by=reviewer)
    module.refresh_from_db()

    step = sent(module, reviewer, title="Newer words")

    assert may_review(module, author)
    actions.approve(row=module, step_id=step.pk, by=author)
    assert titles(module) == ["Old words", "New words", "Newer words"]


@pytest.mark.parametrize("who", ["practitioner", "superuser", "no longer an editor"])
def test_nobody_but_an_editor_approves(module, author, reviewer, who):
    step, by = sent(module, author), reviewer
    if who == "no longer an editor":
        Membership.objects.filter(user=reviewer).update(ended_at=timezone.now(), ended_by=make_user())
    else:
        by = make_user(is_superuser=who == "superuser", is_staff=who == "superuser")

    with pytest.raises(NotYours):
        actions.approve(row=module, step_id=step.pk, by=by)


def test_a_clinics_own_version_is_reviewed_by_its_own_editors_only(author, reviewer):
    from programs.actions import make_own_version

    clinic = make_clinic()
    theirs, colleague = desk.make_editor(clinic), desk.make_editor(clinic)
    own = make_own_version(original=make_exercise(), clinic=clinic, by=theirs)
    step = actions.ask_for_review(row=own, by=theirs)

    with pytest.raises(NotYours):
        actions.approve(row=own, step_id=step.pk, by=reviewer)
    assert desk.signed_in(reviewer).get(desk.review_address(own)).status_code == 404
    assert posted("review_asked") == [colleague.email]
    actions.approve(row=own, step_id=step.pk, by=colleague)
    assert own.versions.get().reviewed_by == colleague


@pytest.mark.parametrize("who", ["author", "superuser"])
def test_the_form_has_no_way_past_the_review(module, author, who):
    user = author
    if who == "superuser":
        user = desk.make_editor(is_superuser=True, is_staff=True)
    client = desk.signed_in(user)

    page = client.get(desk.edit_address(module)).content.decode()
    client.post(
        desk.edit_address(module),
        {**desk.module_form(module, title="New words"), "action-publish": "Publish"},
    )

    assert ('name="action-publish"' in page, 'name="action-submit"' in page) == (False, True)
    assert titles(module) == ["Old words"]


def test_a_publication_without_a_review_is_refused_wherever_it_comes_from(module, author):
    drafted(module, author, title="New words")

    with pytest.raises(NotReviewed), transaction.atomic():
        module.latest_revision.publish()
    with pytest.raises(PermissionDenied):
        module.latest_revision.publish(user=author)

    module.refresh_from_db()
    assert (titles(module), module.title) == (["Old words"], "Old words")


def test_an_approval_counts_for_exactly_the_words_that_were_looked_at(module, author, reviewer):
    step = sent(module, author)
    actions.approve(row=module, step_id=step.pk, by=reviewer)
    Revision.objects.filter(pk=step.revision_id).update(created_at=timezone.now() + timedelta(minutes=1))

    assert review_of(Revision.objects.get(pk=step.revision_id)) is None


def test_the_database_knows_that_two_people_are_two(module, author):
    with pytest.raises(IntegrityError, match="module_version_reviewed_by_another"), transaction.atomic():
        ModuleVersion.objects.create(
            module=module, number=9, title="T", goal="G", minutes=3, sections=[], checks=[],
            published_by=author, reviewed_by=author, reviewed_at=timezone.now(),
        )  # fmt: skip


def test_what_waits_for_review_can_be_changed_by_nobody(module, author, reviewer):
    sent(module, author)
    for user in (author, reviewer):
        desk.signed_in(user).post(desk.edit_address(module), desk.module_form(module, title="Sneaky"))

    module.refresh_from_db()
    assert module.get_latest_revision_as_object().title == "New words"


def test_its_author_takes_it_back_and_changes_it(module, author):
    sent(module, author)
    client = desk.signed_in(author)

    client.post(desk.edit_address(module), {**desk.module_form(module), "action-cancel-workflow": "1"})
    client.post(desk.edit_address(module), desk.module_form(module, title="Newer words"))

    module.refresh_from_db()
    assert (module.current_workflow_state, module.get_latest_revision_as_object().title) == (
        None,
        "Newer words",
    )


def test_it_is_sent_back_with_a_word_and_comes_again(module, author, reviewer):
    at_review, at_desk = desk.signed_in(reviewer), desk.signed_in(author)
    sent(module, author)
    assert desk.decide(at_review, module, "changes").status_code == 422
    desk.decide(at_review, module, "changes", comment="Say it with fewer words.")

    assert "Say it with fewer words." in at_desk.get(desk.edit_address(module)).content.decode()
    at_desk.post(
        desk.edit_address(module),
        {**desk.module_form(module, title="Fewer words"), "action-submit": "Send"},
    )
    module.refresh_from_db()
    desk.decide(at_review, module)

    assert titles(module) == ["Old words", "Fewer words"]


def test_of_two_decisions_the_second_finds_it_decided(module, author, reviewer):
    step = sent(module, author)
    actions.ask_for_changes(row=module, step_id=step.pk, by=reviewer, comment="Shorter.")

    with pytest.raises(AlreadyDecided):
        actions.approve(row=module, step_id=step.pk, by=desk.make_editor())

    assert titles(module) == ["Old words"]


def test_a_page_from_before_a_change_decides_nothing(module, author, reviewer):
    old = sent(module, author)
    actions.ask_for_changes(row=module, step_id=old.pk, by=reviewer, comment="Shorter.")
    sent(module, author, title="Shorter words")

    desk.decide(desk.signed_in(reviewer), module, step=old.pk)

    assert titles(module) == ["Old words"]


def planned(module, author, reviewer) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    actions.approve(row=module, step_id=sent(module, author, go_live_at=tomorrow).pk, by=reviewer)


def a_day_passes() -> None:
    then = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        content = {**revision.content, "go_live_at": then.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=then, content=content)


def test_an_approved_text_waits_for_its_time(module, author, reviewer):
    planned(module, author, reviewer)
    publish_scheduled()
    assert titles(module) == ["Old words"]

    a_day_passes()
    publish_scheduled()

    assert (titles(module), module.versions.first().reviewed_by) == (["Old words", "New words"], reviewer)


def test_what_does_not_fit_any_more_is_called_off_and_holds_nothing_up(module, author, reviewer):
    other = desk.make_module(code="T2", slug="t2", source="S2")
    for row in (module, other):
        planned(row, author, reviewer)
    a_day_passes()
    Source.objects.filter(pk="S1").delete()

    publish_scheduled()

    assert (titles(module), titles(other)) == (["Old words"], ["Old words", "New words"])
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 0
    assert AuditEvent.objects.get(verb="review.called_off").subject == f"education.module:{module.pk}"


def test_the_reviewer_sees_what_changed_and_what_the_gate_says(module, author, reviewer):
    sent(module, author, reading_reason="The law's words.")

    page = desk.signed_in(reviewer).get(desk.review_address(module)).content.decode()

    found = ("<del>Old</del>", "<ins>New</ins>", "School grade", "The law&#x27;s words.", "Ann Author", "Approve and publish")  # fmt: skip
    assert [words for words in found if words not in page] == []


def test_the_author_sees_it_without_the_buttons(module, author):
    sent(module, author)

    page = desk.signed_in(author).get(desk.review_address(module)).content.decode()

    assert ("Approve and publish" in page, "somebody else decides" in page) == (False, True)


def test_mails_go_to_those_who_may_review_and_to_those_who_wrote_once_each(
    module, author, reviewer, smtp_sink
):
    sent(module, author)
    assert posted("review_asked") == [reviewer.email]
    assert OutgoingMail.objects.count() == 1

    step = module.current_workflow_state.current_task_state
    actions.approve(row=module, step_id=step.pk, by=reviewer)

    assert posted("review_decided") == [author.email]
    drain()
    ends = dict(OutgoingMail.objects.values_list("kind", "outcome"))
    assert ends["review_asked"] == "already decided"
    assert [message["To"] for message in smtp_sink.messages] == [author.email]


def test_wagtail_sends_no_mail_of_its_own():
    senders = {
        signals.task_submitted: TaskState,
        signals.workflow_submitted: WorkflowState,
        signals.workflow_rejected: WorkflowState,
        signals.workflow_approved: WorkflowState,
    }
    assert [signal.has_listeners(sender) for signal, sender in senders.items()] == [False] * 4


def test_an_editor_takes_a_module_off_alone(module, author):
    address = reverse(module.snippet_viewset.get_url_name("unpublish"), args=[module.pk])

    desk.signed_in(author).post(address)

    module.refresh_from_db()
    assert module.live is False


def test_setting_it_up_again_changes_nothing(module):
    before = WorkflowState.objects.count(), Revision.objects.count()
    first = actions.ensure_review(models=[type(module)])

    assert actions.ensure_review(models=[type(module)]) == first
    assert first.workflow_tasks.count() == 1
    assert (WorkflowState.objects.count(), Revision.objects.count()) == before
