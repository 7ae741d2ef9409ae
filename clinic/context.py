"""What every template may ask for. Values that need the database are functions: a page that does not show them asks nothing."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from clinic.access import Role, person_key, roles_of


def site(request: HttpRequest) -> dict[str, object]:
    """`clinic_name` is the clinic the door found; the `nav_hide_…` flags of the staff bar share one query."""

    @cache
    def roles() -> set[str]:
        return roles_of(request.user) if request.user.is_authenticated else set()

    @cache
    def person() -> str:
        return person_key(request.user) if request.user.is_authenticated else ""

    def hide_without(role: str) -> Callable[[], bool]:
        return lambda: role not in roles()

    clinic = getattr(request, "clinic", None)
    return {
        "demo": settings.DEMO,
        "person": person,
        "clinic_name": clinic.name if clinic else "",
        "nav_hide_caseload": hide_without(Role.PRACTITIONER),
        "nav_hide_manage": hide_without(Role.ADMIN),
        "nav_hide_content": hide_without(Role.EDITOR),
    }
