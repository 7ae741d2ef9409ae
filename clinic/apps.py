"""The clinic room's configuration, and the kinds of mail this room posts."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
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
                wiped_after=("code",),
            )
        )
        mail.register(
            mail.MailKind(name="account_notice", mail_class=mail.Class.NOTICE, template="account_notice")
        )
