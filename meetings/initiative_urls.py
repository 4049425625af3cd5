"""Addresses of the initiatives of members (clause 12), inside those of the meetings."""

from django.urls import path

from meetings.views import initiative

urlpatterns = [
    path("initiatives/", initiative.initiatives, name="initiatives"),
    path("initiatives/new/", initiative.new, name="initiative_new"),
    path("initiatives/<int:pk>/", initiative.initiative, name="initiative"),
    path("initiatives/<int:pk>/join/", initiative.join, name="initiative_join"),
    path("initiatives/<int:pk>/leave/", initiative.leave, name="initiative_leave"),
    path("initiatives/<int:pk>/withdraw/", initiative.withdraw, name="initiative_withdraw"),
]
