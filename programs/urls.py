"""Routes of the programs room."""

from django.urls import path

from programs import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/week/", views.plan_week, name="plan_week"),
    path("plan/handout.pdf", views.plan_handout, name="plan_handout"),
    path("plan/muscles/<slug:key>/", views.muscle, name="muscle"),
    path("modules/<uuid:assignment_id>/handout.pdf", views.module_handout, name="module_handout"),
    path(
        "library/modules/<uuid:version_id>/handout.pdf",
        views.library_module_handout,
        name="library_module_handout",
    ),
    path("log/session/", views.log_session, name="log_session"),
    path("log/sessions/<uuid:client_id>/", views.session_log, name="session_log"),
    path("log/sessions/<uuid:client_id>/later/", views.hour_later, name="hour_later"),
    path("patients/<uuid:patient_id>/assess/", views.patient_assess, name="patient_assess"),
    path(
        "patients/<uuid:patient_id>/assess/<uuid:assessment_id>/",
        views.patient_assessment,
        name="patient_assessment",
    ),
    path("patients/<uuid:patient_id>/plan/", views.patient_plan, name="patient_plan"),
    path("patients/<uuid:patient_id>/plan/end/", views.end_patient_plan, name="patient_plan_end"),
    path(
        "patients/<uuid:patient_id>/plan/handout.pdf", views.patient_plan_handout, name="patient_plan_handout"
    ),
    path("patients/<uuid:patient_id>/log/", views.patient_log, name="patient_log"),
    path("library/", views.library, name="library"),
    path("exercises/<uuid:version_id>/motion/", views.exercise_motion, name="exercise_motion"),
    path("library/figures/", views.library_figures, name="library_figures"),
    path("library/<str:kind>/<uuid:version_id>/own/", views.make_own_version, name="make_own_version"),
    path("library/own/<str:kind>/<int:key>/", views.own_version, name="own_version"),
    path("library/own/<str:kind>/<int:key>/seen/", views.own_version_seen, name="own_version_seen"),
    path("library/own/<str:kind>/<int:key>/take/", views.own_version_take, name="own_version_take"),
    path("library/anatomy/", views.library_anatomy, name="library_anatomy"),
    path("library/exercises/<uuid:version_id>/", views.library_exercise, name="library_exercise"),
]
