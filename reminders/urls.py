"""Routes of the reminders room."""

from django.urls import path

from reminders import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("patients/<uuid:patient_id>/reminders/", views.patient_reminders, name="patient_reminders"),
]
