"""The reminders room's configuration, and the kind of mail this room posts."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = "Reminders"

    def ready(self) -> None:
        from clinic import mail
        from reminders import queries

        mail.register(
            mail.MailKind(
                name="reminder",
                mail_class=mail.Class.REMINDER,
                template="reminder",
                still_wanted=queries.still_wanted,
                build_context=queries.mail_words,
            )
        )
