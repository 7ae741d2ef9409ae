"""Routes of the demo room: only installed when settings.DEMO."""

from django.urls import path, register_converter

from demo import views


class MailName:
    """The file name of a caught mail: digits and a dash, so that it can name nothing else."""

    regex = r"[0-9]{20}-[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MailName, "mail")

urlpatterns = [
    path("sign-in/<int:user_id>/", views.sign_in, name="demo_sign_in"),
    path("mail/", views.inbox, name="demo_inbox"),
    path("mail/<mail:name>/", views.mail, name="demo_mail"),
    path("mail/<mail:name>/html/", views.mail_html, name="demo_mail_html"),
]
