"""Routes. The rooms are named by string only, so that this room stays lowest."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from clinic import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
    path("nobody/", views.nobody, name="nobody"),
    path("consent/", views.consent, name="consent"),
    path("invite/<str:token>/", views.invitation, name="invitation"),
    path("caseload/invite/", views.invite_patient, name="invite_patient"),
    path("patients/<uuid:patient_id>/invitation/", views.patient_invitation, name="patient_invitation"),
    path("accounts/password/<path:rest>", views.closed, name="no_passwords"),
    path("accounts/", include("allauth.urls")),
    path("manage/", include("clinic.manage_urls")),
    # Before the content editor's own: it has no pages to edit, and everybody signs in at one place.
    path("cms/pages/", views.closed, name="no_pages"),
    path("cms/pages/<path:rest>", views.closed, name="no_pages_below"),
    path("cms/bulk/<path:rest>", views.closed, name="no_bulk"),
    path("cms/", include("programs.desk_urls")),
    path("cms/login/", views.home, name="no_second_sign_in"),
    path("cms/", include("wagtail.admin.urls")),
    path("ops/admin/", admin.site.urls),
    path("", include("education.urls")),
    path("", include("programs.urls")),
    path("", include("progress.urls")),
    path("", include("reminders.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))

handler400 = "clinic.views.bad_request"
handler403 = "clinic.views.not_allowed"
handler404 = "clinic.views.not_found"
