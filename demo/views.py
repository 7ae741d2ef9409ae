"""One-click sign-in and the inbox of caught mail, for this machine's own browser."""

from csp.decorators import csp_replace, csp_update
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clinic.access import home_of
from demo import queries
from demo.access import demo_page

LINKS_MAY_LEAVE = "allow-top-navigation-by-user-activation"  # nothing else may: no script, no form


@demo_page
@require_POST
def sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Sign in as a demo person. The middleware waives the second factor, and checks DEMO again."""
    user = queries.demo_user(user_id)
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["demo_sign_in"] = True
    return redirect(home_of(user))


@demo_page
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/inbox.html", {"mails": queries.caught_mail()})


@demo_page
@csp_update({"frame-src": ["'self'"]})
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = queries.one_mail(name)
    if found is None:
        raise Http404
    summary, message = found
    unsubscribe = message.get("List-Unsubscribe", "")
    text = queries.text_of(message, "plain")
    context = {"mail": summary, "message": message, "text": text, "unsubscribe": unsubscribe}
    return render(request, "demo/mail.html", context)


@demo_page
@csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "sandbox": [LINKS_MAY_LEAVE],
    }
)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part alone, in a sandbox: what a mail program would show."""
    found = queries.one_mail(name)
    if found is None:
        raise Http404
    html = queries.text_of(found[1], "html")
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))  # a click leaves the frame
