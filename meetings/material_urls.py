"""Addresses of awaited documents and of what agencies bring, in the namespace of meetings."""

from django.urls import path

from meetings.views import awaited, bringing, materials

MEETING = "meetings/<meeting:key>"
urlpatterns = [
    path("materials/", bringing.materials, name="materials"),
    path("materials/awaited/<int:pk>/", bringing.bring, name="bring"),
    path("materials/<int:pk>/correct/", bringing.correct, name="correct"),
    path("materials/<int:pk>/receipt/", bringing.brought, name="brought"),
    path(f"{MEETING}/items/<int:order>/awaited/", awaited.new, name="await"),
    path(f"{MEETING}/awaited/<int:pk>/", awaited.edit, name="awaited"),
    path(f"{MEETING}/awaited/<int:pk>/remove/", awaited.remove, name="await_no_more"),
    path(f"{MEETING}/materials/<int:pk>/access/", materials.access, name="material_access"),
    path(f"{MEETING}/materials/<int:pk>/note/", materials.note, name="material_note"),
]
