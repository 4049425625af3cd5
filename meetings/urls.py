from django.urls import path

from meetings.views import agenda, live, materials, room, scheduling

app_name = "meetings"
MEETING = "meetings/<meeting:key>"
urlpatterns = [
    path("meetings/", scheduling.meetings, name="list"),
    path("meetings/new/", scheduling.new, name="new"),
    path("meetings/terms/", scheduling.terms, name="terms"),
    path(f"{MEETING}/edit/", scheduling.edit, name="edit"),
    path(f"{MEETING}/agenda/", agenda.agenda, name="agenda"),
    path(f"{MEETING}/agenda/submit/", agenda.submit, name="submit"),
    path(f"{MEETING}/agenda/take-back/", agenda.take_back, name="take_back"),
    path(f"{MEETING}/agenda/decide/", agenda.decide, name="decide"),
    path(f"{MEETING}/items/new/", agenda.item_new, name="item_new"),
    path(f"{MEETING}/items/<int:order>/", agenda.item, name="item"),
    path(f"{MEETING}/items/<int:order>/edit/", agenda.item_edit, name="item_edit"),
    path(f"{MEETING}/items/<int:order>/move/", agenda.item_move, name="item_move"),
    path(f"{MEETING}/items/<int:order>/remove/", agenda.item_remove, name="item_remove"),
    path(f"{MEETING}/items/<int:order>/attach/", materials.attach, name="attach"),
    path(f"{MEETING}/items/<int:order>/admit/", materials.admit, name="admit"),
    path(f"{MEETING}/materials/<int:pk>/", materials.download, name="material"),
    path(f"{MEETING}/materials/<int:pk>/withdraw/", materials.withdraw, name="withdraw"),
    path(f"{MEETING}/invited/", materials.invited, name="invited"),
    path(f"{MEETING}/invited/<int:pk>/remove/", materials.uninvite, name="uninvite"),
    path(f"{MEETING}/dispatch/", materials.dispatch, name="dispatch"),
    path(f"{MEETING}/live/", live.console, name="live"),
    path(f"{MEETING}/live/start/", live.start, name="start"),
    path(f"{MEETING}/live/attendance/", live.attendance, name="attendance"),
    path(f"{MEETING}/live/attendance/<int:pk>/", live.mark, name="mark"),
    path(f"{MEETING}/live/chair/", live.chair, name="chair"),
    path(f"{MEETING}/live/open/", live.open_meeting, name="open"),
    path(f"{MEETING}/live/no-quorum/", live.no_quorum, name="no_quorum"),
    path(f"{MEETING}/live/end/", live.end, name="end"),
    path(f"{MEETING}/live/items/<int:order>/open/", live.open_ballot, name="ballot_open"),
    path(f"{MEETING}/live/items/<int:order>/close/", live.close_ballot, name="ballot_close"),
    path(f"{MEETING}/live/items/<int:order>/hand/<int:pk>/", live.hand, name="hand"),
    path(f"{MEETING}/room/", room.room, name="room"),
    path(f"{MEETING}/room/here/", room.here, name="here"),
    path(f"{MEETING}/items/<int:order>/vote/", room.vote, name="vote"),
    path(f"{MEETING}/items/<int:order>/vote/check/", room.check, name="check"),
    path("receipts/<str:code>/", room.receipt, name="receipt"),
]
