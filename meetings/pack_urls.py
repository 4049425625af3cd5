"""Addresses of the pack, the calendars and the public announcement (clauses 19, 22)."""

from django.urls import path

from meetings.views import announcing, calendars, pack

MEETING = "meetings/<meeting:key>"
urlpatterns = [
    path("meetings/calendar/", calendars.addresses, name="calendar"),
    path("meetings/calendar/renew/", calendars.renew, name="calendar_renew"),
    path("meetings/calendar/revoke/", calendars.revoke, name="calendar_revoke"),
    path(f"{MEETING}/pack/", pack.pack, name="pack"),
    path(f"{MEETING}/pack/make/", pack.make, name="pack_make"),
    path(f"{MEETING}/pack.pdf", pack.pdf, name="pack_pdf"),
    path(f"{MEETING}/pack.zip", pack.archived, name="pack_zip"),
    path(f"{MEETING}/announcement/", announcing.announcement, name="announcement"),
]
