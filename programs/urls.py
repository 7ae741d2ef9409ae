"""Routes of the programs room."""

urlpatterns: list = []
