"""Routes of the demo room: only installed when settings.DEMO."""

urlpatterns: list = []
