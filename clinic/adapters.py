"""What allauth asks of us: no sign-up by oneself, every mail through the outbox, secrets unreadable in the database."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import actions, tasks
from clinic.access import home_of, must_have_second_factor
from clinic.models import User

Type = Authenticator.Type
METHODS = {
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
    "mfa_reauthenticate": _("Use the authenticator app or a recovery code"),
}
SECOND_FACTORS = [Type.TOTP, Type.WEBAUTHN]


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse(home_of(request.user))

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """A code that came back proves the address, also of an account made on the command line."""
        proven = [shown.get("email", "") for shown in get_authentication_records(request, user)]
        if user.email in proven:
            actions.account_for(email=user.email, name=user.name)
        return super().pre_login(request, user, **login)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put it in the outbox. Whatever is not a code or a notice is for an address without an account."""
        name, now = template_prefix.rsplit("/", 1)[-1], timezone.now()
        if "code" in context:
            # allauth asks this for unknown addresses only; asked always, the time taken tells nothing.
            list(User.objects.filter(email__iexact=email).iterator())
            actions.post_code(to=email, code=context["code"], now=now)
        elif name in ("unknown_account", "account_already_exists"):
            actions.post_nothing(now=now)
        else:
            actions.post_account_notice(to=email, notice=name, now=now)
        tasks.nudge_mail()

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The passkey first: it is one touch. Recovery codes and the app share a page."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = METHODS.get(method["id"], method["description"])
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")


class MFAAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one second factor: who loses a phone adds the new one first."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not must_have_second_factor(authenticator.user)

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Hipwise"


def _cipher() -> MultiFernet:
    """A key of its own from each secret key, newest first, so that a changed SECRET_KEY can still read older seeds."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factors:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
