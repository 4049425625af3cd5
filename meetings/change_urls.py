"""Addresses of changes of the plan, late questions and the life of a question."""

from django.urls import path, register_converter

from meetings.converters import NoteKey
from meetings.views import added, change_requests, changes, late, questions

register_converter(NoteKey, "note")

MEETING = "meetings/<meeting:key>"
urlpatterns = [
    path("notes/", changes.notes, name="notes"),
    path("notes/new/", changes.note_new, name="note_new"),
    path("notes/requests/new/", change_requests.request_new, name="request_new"),
    path("notes/requests/<int:pk>/", change_requests.request_take, name="request_take"),
    path("notes/requests/<int:pk>/decline/", change_requests.request_decline, name="request_decline"),
    path("notes/<note:note>/", changes.note, name="note"),
    path("notes/<note:note>/decide/", changes.note_decide, name="note_decide"),
    path("notes/<note:note>/withdraw/", changes.note_withdraw, name="note_withdraw"),
    path("notes/<note:note>/note.pdf", changes.note_pdf, name="note_pdf"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path(f"{MEETING}/items/<int:order>/late/", late.decide_late, name="decide_late"),
    path(f"{MEETING}/items/<int:order>/draft/", added.draft, name="added_draft"),
    path(f"{MEETING}/live/question/", added.question, name="added_question"),
]
