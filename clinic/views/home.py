"""Where somebody who has signed in goes, and what is not there at all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic.access import home_of, open_page, signed_in_page


@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    return redirect(home_of(request.user))


@signed_in_page
def nobody(request: HttpRequest) -> HttpResponse:
    """For an account without a role and without a clinic, such as somebody who has left."""
    return render(request, "clinic/nobody.html")


@open_page
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Nobody has a password here, so the pages about passwords do not exist."""
    raise Http404
