"""Routes of the education room."""

urlpatterns: list = []
