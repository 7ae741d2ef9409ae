"""The education room's configuration, and the one moment that Wagtail owns: something was published."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"
    verbose_name = "Education"

    def ready(self) -> None:
        from wagtail.signals import published

        from education.models import Module

        published.connect(freeze_published, sender=Module, dispatch_uid="freeze module")


def freeze_published(instance: object, revision: object, **_signal: object) -> None:
    """Wagtail sends the signal when a module goes live, and also when going live is only planned."""
    from education.actions import freeze_module

    if instance.live:
        freeze_module(module=instance, by=revision.user)
