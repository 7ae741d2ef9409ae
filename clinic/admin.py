"""The operator's admin: clinics and accounts, for superusers only. Nothing clinical is registered here."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from clinic.models import Clinic, Membership, User


class NeverDeleted(admin.ModelAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnly(NeverDeleted):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ClinicAdmin(NeverDeleted):
    list_display = ["name", "slug", "time_zone", "created_at"]
    fields = ["name", "mail_name", "slug", "time_zone", "phone", "emergency_number", "consent_version"]

    def get_readonly_fields(self, request: HttpRequest, obj: Clinic | None = None) -> list[str]:
        """What the safety cards call is changed by two people of the clinic, not from here."""
        return ["phone", "emergency_number"] if obj else []


class UserAdmin(NeverDeleted):
    list_display = ["email", "name", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login"]
    readonly_fields = ["email", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class MembershipAdmin(ReadOnly):
    list_display = ["user", "clinic", "role", "started_at", "ended_at"]
    list_filter = ["clinic", "role"]
    list_select_related = ["user", "clinic"]


class OperatorSite(admin.AdminSite):
    site_header = site_title = "Hipwise"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.register(Clinic, ClinicAdmin)
        self.register(User, UserAdmin)
        self.register(Membership, MembershipAdmin)
        self.login = secure_admin_login(self.login)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser
