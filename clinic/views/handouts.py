"""How every handout is answered: a PDF to look at or save, or how to print the page instead. Rooms bring what is on it."""

import logging
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic import pdf

log = logging.getLogger(__name__)


def handout(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    name: str,
    instead: str,
    pictures: pdf.Pictures | None = None,
    is_kept: bool = False,
) -> HttpResponse:
    """`name` of the file says nothing about anybody; `instead` is the page to print where no PDF can be made."""
    try:
        made = pdf.make(template, context, pictures=pictures, is_kept=is_kept)
    except pdf.CannotPrint as why:
        log.error("No handout: %s", why)
        return render(request, "clinic/no_pdf.html", {"instead": instead}, status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer._csp_exempt = True  # some browsers hold their own PDF viewer to it
    return answer
