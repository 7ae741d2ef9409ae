"""Routes under /cms/ that come before Wagtail's own."""

from django.urls import path

from programs import views

urlpatterns = [
    path("reports/site-history/", views.site_history, name="site_history"),
    path(
        "reports/site-history/results/",
        views.site_history,
        {"results_only": True},
        name="site_history_results",
    ),
]
