"""The education room's configuration, its kinds of mail, and the one moment that Wagtail owns: something was published."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"
    verbose_name = "Education"

    def ready(self) -> None:
        from wagtail.signals import published

        from clinic import mail
        from education import embeds, queries
        from education.models import Module
        from education.queries import picture_in_module

        embeds.register("picture", picture_in_module)
        for name in ("review_asked", "review_decided"):
            mail.register(
                mail.MailKind(
                    name=name,
                    mail_class=mail.Class.NOTICE,
                    template=name,
                    still_wanted=getattr(queries, f"{name}_still_wanted"),
                    build_context=queries.desk_mail,
                )
            )
        published.connect(freeze_published, sender=Module, dispatch_uid="freeze module")


def freeze_published(instance: object, revision: object, **_signal: object) -> None:
    """Wagtail sends the signal when a module goes live, and also when going live is only planned."""
    from education.actions import freeze_module
    from education.models.reviews import review_of

    if instance.live:
        freeze_module(module=instance, by=revision.user, review=review_of(revision))
