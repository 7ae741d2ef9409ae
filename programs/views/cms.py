"""Pages of our own among Wagtail's, under /cms/."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from clinic.access import Role, staff_page
from programs.ownership import WalledHistory

if TYPE_CHECKING:
    from clinic.models import Membership


@staff_page(Role.EDITOR)
@require_safe
def site_history(
    request: HttpRequest, _membership: "Membership", *, results_only: bool = False
) -> HttpResponse:
    return require_admin_access(WalledHistory.as_view(results_only=results_only))(request)
