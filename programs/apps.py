"""The programs room's configuration, and the one moment that Wagtail owns: something was published."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Programs"

    def ready(self) -> None:
        from wagtail.signals import published

        from education import embeds
        from programs.models import Exercise, ProgramTemplate
        from programs.queries import exercise_in_module

        embeds.register("exercise", exercise_in_module)
        published.connect(freeze_published, sender=Exercise, dispatch_uid="freeze exercise")
        published.connect(freeze_published, sender=ProgramTemplate, dispatch_uid="freeze template")


def freeze_published(sender: type, instance: object, revision: object, **_signal: object) -> None:
    """Wagtail sends the signal when something goes live, and also when going live is only planned."""
    from education.models.reviews import review_of
    from programs.actions import freeze_exercise, freeze_template

    if not instance.live:
        return
    if sender.__name__ == "Exercise":
        freeze_exercise(exercise=instance, by=revision.user, review=review_of(revision))
    else:
        freeze_template(template=instance, by=revision.user, review=review_of(revision))
