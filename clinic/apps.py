"""The clinic room's configuration, and the kinds of mail this room posts."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class OperatorAdminConfig(SimpleAdminConfig):
    """Django's admin with our own few models: it does not look for what other packages would like to show there."""

    default = False
    default_site = "clinic.admin.OperatorSite"


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
            mail.MailKind(name="account_notice", mail_class=mail.Class.NOTICE, template="account_notice")
        )
