"""Routes under /cms/ that come before Wagtail's own."""

from django.urls import path

from programs import views

urlpatterns = [
    path("content-pack/", views.content_pack, name="content_pack"),
    path("content-pack/import/", views.content_pack_import, name="content_pack_import"),
    path("content-pack/export/", views.content_pack_export, name="content_pack_export"),
    path("gate/<int:key>/", views.gate, name="gate"),
    path("readers/<int:key>/", views.readers, name="readers"),
    path("remarks/<int:key>/", views.remarks, name="remarks"),
    path("review/<slug:kind>/<int:key>/", views.review, name="review"),
    path("pose/preview/", views.pose_preview, name="pose_preview"),
    path("reports/site-history/", views.site_history, name="site_history"),
    path(
        "reports/site-history/results/",
        views.site_history,
        {"results_only": True},
        name="site_history_results",
    ),
]
