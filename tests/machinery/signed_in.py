"""Sessions of signed-in people, staff with a second factor that really is enrolled."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from clinic.access import must_have_second_factor
from clinic.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enroll(user: User) -> Authenticator:
    """Give this person an authenticator app whose secret the tests know."""
    return totp.TOTP.activate(user, SECRET).instance


def one_time_code(*, at: float | None = None) -> str:
    """What the authenticator app shows now."""
    counter = int((at or time.time()) // 30)
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def session_of(user: User) -> str:
    """The key of a session as the sign-in leaves it: an emailed code and, for staff, the second factor."""
    shown = [{"method": "code", "at": time.time(), "email": user.email}]
    if must_have_second_factor(user):
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            enroll(user)
        shown.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = shown
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    return session.session_key


def client_with(session_key: str, **options: object) -> Client:
    """A browser of its own that holds this session; no session when the key is empty."""
    client = Client(raise_request_exception=False, **options)
    if session_key:
        client.cookies["sid"] = session_key
    return client
