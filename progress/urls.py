"""Routes of the progress room."""

urlpatterns: list = []
