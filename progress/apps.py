"""The progress room's configuration, the mails it posts, and the card that stands in the place of a closed program."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"

    def ready(self) -> None:
        from clinic import mail
        from clinic.access import show_instead_of_program
        from progress.queries import screens
        from progress.views.screen import show_cards

        show_instead_of_program(show_cards)
        for name in ("look_now", "nobody_opened"):
            mail.register(
                mail.MailKind(
                    name=name,
                    mail_class=mail.Class.NOTICE,
                    template=name,
                    still_wanted=screens.notice_still_wanted,
                    build_context=screens.notice_mail,
                )
            )
