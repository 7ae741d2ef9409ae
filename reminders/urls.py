"""Routes of the reminders room."""

urlpatterns: list = []
