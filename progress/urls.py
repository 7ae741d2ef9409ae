"""Routes of the progress room."""

from django.urls import path

from progress.views import measures, patient, phone, review, screen, staff, urgent

urlpatterns = [
    path("today/", patient.today, name="today"),
    path("safety/", patient.safety, name="safety"),
    path("log/screen/", screen.screen, name="screen"),
    path("card/", screen.cards, name="cards"),
    path("card/called/", screen.called, name="card_called"),
    path("log/check/", patient.daily_check, name="daily_check"),
    path("log/measures/", measures.measures, name="measures"),
    path("log/saved/", phone.saved, name="saved"),
    path("offline/pages/", phone.kept_pages, name="kept_pages"),
    path("progress/", patient.progress, name="progress"),
    path("caseload/", staff.caseload, name="caseload"),
    path("patients/<uuid:patient_id>/", staff.patient, name="patient"),
    path("caseload/proposals/", review.queue, name="proposals"),
    path("patients/<uuid:patient_id>/review/", review.review, name="patient_review"),
    path("patients/<uuid:patient_id>/screens/", urgent.screens, name="patient_screens"),
    path(
        "patients/<uuid:patient_id>/screens/<uuid:screen_id>/clear/",
        urgent.clear,
        name="patient_screen_clear",
    ),
    path("patients/<uuid:patient_id>/measures/", measures.patient_measures, name="patient_measures"),
    path(
        "patients/<uuid:patient_id>/measures/<uuid:activity_id>/end/",
        measures.end,
        name="patient_activity_end",
    ),
    path("patients/<uuid:patient_id>/seen/", staff.seen, name="patient_seen"),
]
