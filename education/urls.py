"""Routes of the education room."""

from django.urls import path, re_path

from education import views

urlpatterns = [
    path("modules/", views.modules, name="modules"),
    path("modules/<uuid:assignment_id>/", views.module, name="module"),
    path("modules/<uuid:assignment_id>/open/", views.open_, name="module_open"),
    path("modules/<uuid:assignment_id>/sections/<int:number>/", views.section, name="module_section"),
    path("modules/<uuid:assignment_id>/checks/<slug:key>/", views.check, name="module_check"),
    path("modules/<uuid:assignment_id>/place/", views.place, name="module_place"),
    path("modules/<uuid:assignment_id>/beliefs/<slug:moment>/", views.beliefs, name="module_beliefs"),
    path("modules/<uuid:assignment_id>/own-words/<slug:key>/", views.own_words, name="module_own_words"),
    path("modules/<uuid:assignment_id>/ask/<slug:key>/", views.ask, name="module_ask"),
    path("manage/stances/", views.stances, name="manage_stances"),
    re_path(r"^media/(?P<key>[0-9a-f]{64})\.(?P<ext>webp|mp4|webm|vtt)$", views.medium, name="medium"),
    path("library/modules/<uuid:version_id>/", views.library_module, name="library_module"),
]
