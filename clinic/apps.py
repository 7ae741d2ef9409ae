"""The clinic room's configuration, and the kinds of mail this room posts."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from wagtail.admin.apps import WagtailAdminAppConfig


class OperatorAdminConfig(SimpleAdminConfig):
    """Django's admin with our own few models: it does not look for what other packages would like to show there."""

    default = False
    default_site = "clinic.admin.OperatorSite"


class QuietEditorConfig(WagtailAdminAppConfig):
    """Wagtail's editor without its notices, which would go past the outbox and name what is written."""

    default = False

    def ready(self) -> None:
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        super().ready()
        for signal, sender, name in (
            (signals.task_submitted, TaskState, "group_approval_task_submitted"),
            (signals.workflow_submitted, WorkflowState, "workflow_state_submitted"),
            (signals.workflow_rejected, WorkflowState, "workflow_state_rejected"),
            (signals.workflow_approved, WorkflowState, "workflow_state_approved"),
        ):
            signal.disconnect(sender=sender, dispatch_uid=f"{name}_email_notification")


class ClinicConfig(AppConfig):
    default = True
    name = "clinic"
    verbose_name = "Clinic"

    def ready(self) -> None:
        from clinic import mail, queries  # models are loaded only now

        mail.register(
            mail.MailKind(
                name="invitation",
                mail_class=mail.Class.INVITATION,
                template="invitation",
                still_wanted=queries.invitation_still_wanted,
                build_context=queries.invitation_mail,
            )
        )
        mail.register(
            mail.MailKind(
                name="sign_in_code",
                mail_class=mail.Class.CODE,
                template="sign_in_code",
                still_wanted=queries.code_still_wanted,
                wiped_after=("code",),
            )
        )
        mail.register(
            mail.MailKind(
                name="second_look",
                mail_class=mail.Class.NOTICE,
                template="second_look",
                still_wanted=queries.second_look_still_wanted,
                build_context=queries.second_look_mail,
            )
        )
        mail.register(
            mail.MailKind(name="account_notice", mail_class=mail.Class.NOTICE, template="account_notice")
        )
