"""Routes under /manage/."""

from django.urls import path

from clinic import views

urlpatterns = [
    path("", views.manage, name="manage"),
    path("staff/add/", views.manage_add_member, name="manage_add_member"),
    path("staff/<int:member_id>/end/", views.manage_end_member, name="manage_end_member"),
    path("patients/", views.manage_patients, name="manage_patients"),
    path("patients/<uuid:patient_id>/", views.manage_patient, name="manage_patient"),
    path("patients/<uuid:patient_id>/care/<int:care_id>/end/", views.manage_end_care, name="manage_end_care"),
    path("mail/", views.manage_mail, name="manage_mail"),
    path("safety/", views.manage_safety, name="manage_safety"),
    path("audit/", views.manage_audit, name="manage_audit"),
]
