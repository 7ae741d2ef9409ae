"""Routes of the progress room."""

from django.urls import path

from progress.views import patient, review, staff

urlpatterns = [
    path("today/", patient.today, name="today"),
    path("safety/", patient.safety, name="safety"),
    path("log/check/", patient.daily_check, name="daily_check"),
    path("progress/", patient.progress, name="progress"),
    path("caseload/", staff.caseload, name="caseload"),
    path("patients/<uuid:patient_id>/", staff.patient, name="patient"),
    path("caseload/proposals/", review.queue, name="proposals"),
    path("patients/<uuid:patient_id>/review/", review.review, name="patient_review"),
    path("patients/<uuid:patient_id>/seen/", staff.seen, name="patient_seen"),
]
