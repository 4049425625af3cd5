"""The site of the administrator of the installation: accounts, Staffs, the calendar, what the post did.

No meetings, protocols or votes: who administers the portal has no rights to its content.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.actions.closing import note_closing
from members.actions.renaming import rename
from members.fields import FreeTextForm
from members.models import CalendarDay, Invitation, Notice, Organisation, Staff, User
from members.notices.events import event_word

# Passwords and "view on site" belong to the portal itself.
WITHOUT = {"password_change", "password_change_done", "view_on_site", "autocomplete"}


class PortalAdmin(admin.AdminSite):
    """Django's site behind the portal's own sign-in, with nothing registered by other packages."""

    site_title = _("Administration of the portal")
    site_header = _("Administration of the portal")
    index_title = _("Accounts, Staffs and the calendar")
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses without those that would go round the portal's own pages."""
        return [each for each in super().get_urls() if getattr(each, "name", None) not in WITHOUT]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:  # noqa: ARG002 - Django's signature
        """Lead to the portal's own page of signing out."""
        return redirect("account_logout")


site = PortalAdmin(name="admin")
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin


class Kept(_Admin):
    """Rows that other records name: they are changed, never deleted."""

    view_on_site = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


class ReadOnly(Kept):
    """Rows that the portal writes by itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        return False


class AccountForm(FreeTextForm, forms.ModelForm):
    """An account, checked for personal numbers as every form of the portal."""


class UserAdmin(Kept):
    """Accounts: created without a password, closed and opened again.

    The e-mail of an account stays: who could change it could set its password, and sign a protocol.
    """

    list_display = ("name", "email", "language", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("name", "email")
    ordering = ("email",)
    fields = ("email", "name", "phone", "language", "is_active")
    form = AccountForm

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("is_active",)
        return ("email", "is_active") if obj == request.user else ("email",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save; a new account has no password, a closed one no sessions; journals keep a new name."""
        if not change:
            obj.email = obj.email.lower()
            obj.set_unusable_password()
        if change and "name" in form.changed_data:
            rename(obj, was=form.initial["name"], by=request.user, now=timezone.now())  # type: ignore[arg-type]
        else:
            obj.save()
        if change and "is_active" in form.changed_data:
            note_closing(obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]


class StaffAdmin(Kept):
    list_display = ("code", "body_kk", "parent")
    ordering = ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: Staff | None = None) -> tuple[str, ...]:
        """The code begins every address, in letters too: it stays."""
        return ("code",) if obj else ()


class OrganisationAdmin(Kept):
    list_display = ("name_kk", "staff", "by_agreement")
    list_filter = ("staff",)
    search_fields = ("name_kk", "name_ru")


class CalendarDayAdmin(_Admin):
    list_display = ("day", "kind", "name_kk", "name_ru", "source")
    list_filter = ("kind",)
    date_hierarchy = "day"
    ordering = ("-day",)
    view_on_site = False


class InvitationAdmin(ReadOnly):
    list_display = ("user", "staff", "created_at", "expires_at", "accepted_at", "withdrawn_at")
    list_filter = ("staff",)
    list_select_related = ("user", "staff")


class NoticeAdmin(ReadOnly):
    """What the post did with a letter; what stands in it is not for the administrator."""

    fields: ClassVar[tuple[str, ...]] = (
        "what",
        "email",
        "mail",
        "attempts",
        "created_at",
        "sent_at",
        "error",
    )
    list_display = ("what", "email", "mail", "attempts", "created_at", "sent_at")
    list_filter = ("mail",)
    search_fields = ("email",)

    @admin.display(description=_("event"), ordering="event")
    def what(self, notice: Notice) -> str:
        """Return the event in words."""
        return capfirst(event_word(notice.event))


site.register(User, UserAdmin)
site.register(Staff, StaffAdmin)
site.register(Organisation, OrganisationAdmin)
site.register(CalendarDay, CalendarDayAdmin)
site.register(Invitation, InvitationAdmin)
site.register(Notice, NoticeAdmin)
