"""Routes under /manage/."""

urlpatterns: list = []
