"""Places where a fault test may have the process die, if both the settings and the environment ask for it."""

import os
import signal

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register


def crash(name: str) -> None:
    """Die here as if the machine had stopped: no clean-up, no goodbye."""
    if settings.FAILPOINTS and os.environ.get("FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)


@register(Tags.security, deploy=True)
def no_failpoints(app_configs: list[AppConfig] | None, **kwargs: object) -> list[Error]:
    if not settings.FAILPOINTS:
        return []
    return [
        Error("FAILPOINTS is on: a process can be told to die.", hint="Unset FAILPOINTS.", id="clinic.E001")
    ]
