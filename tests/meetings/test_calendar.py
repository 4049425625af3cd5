"""Entries of people's calendars: read back with a real parser, as calendar programs do."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from meetings import actions, calendar
from meetings.models import CalendarFeed, Invitee, Meeting
from members import notices
from members.models import Holder, Notice, User
from members.notices import Message, Recipient, letter, to_user
from members.permissions import Actor
from tests import stage as scene

pytestmark = pytest.mark.django_db

UID = UUID("0b7c1a52-6a0e-4f7e-9d3b-2f1f5a6b7c8d")
NEWS = Message("Тақырып", "Тема", "Мәтін", "Текст", "/test-staff/")


def meeting_known() -> Meeting:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    Meeting.objects.filter(pk=meeting.pk).update(uid=UID, sequence=3)
    return Meeting.objects.get(pk=meeting.pk)


def reader(language: str = "ru") -> Recipient:
    user = User.objects.get(email="member5@test-staff.example")
    return Recipient(user.name, user.email, language, user)


@pytest.mark.parametrize(
    ("language", "summary", "place"),
    [
        ("kk", "Штаб отырысы", "әкімдік"),
        ("ru", "Заседание Штаба", "акимат"),
    ],
)
def test_a_request_says_title_time_and_place_in_the_language_of_the_person(
    language: str, summary: str, place: str
) -> None:
    text = calendar.request_for(meeting_known(), reader(language), scene.WEEK_BEFORE)
    entry = Calendar.from_ical(text)
    [event] = entry.events
    assert entry["METHOD"] == "REQUEST"
    assert {name: event[name] for name in ("UID", "SEQUENCE", "STATUS", "LOCATION")} == {
        "UID": f"{UID}@staff-portal",
        "SEQUENCE": 3,
        "STATUS": "CONFIRMED",
        "LOCATION": place,
    }
    assert event["SUMMARY"].replace("\u00a0", " ") == summary
    assert event["DTSTAMP"].dt == scene.WEEK_BEFORE


def test_a_meeting_with_a_number_says_it_in_the_title() -> None:
    meeting = meeting_known()
    meeting.number = 7
    [event] = Calendar.from_ical(calendar.request_for(meeting, reader(), scene.WEEK_BEFORE)).events
    assert event["SUMMARY"].replace("\u00a0", " ") == "Заседание Штаба № 7"


def test_ten_in_kostanay_is_five_in_utc() -> None:
    [event] = Calendar.from_ical(calendar.request_for(meeting_known(), reader(), scene.WEEK_BEFORE)).events
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (
        datetime(2026, 12, 17, 5, 0, tzinfo=UTC),
        datetime(2026, 12, 17, 6, 0, tzinfo=UTC),
    )


def test_an_entry_names_nobody_but_who_it_is_for() -> None:
    meeting = meeting_known()
    text = calendar.request_for(meeting, reader(), scene.WEEK_BEFORE)
    [event] = Calendar.from_ical(text).events
    attendee = event["ATTENDEE"]
    assert (str(attendee), attendee.params["CN"]) == ("mailto:member5@test-staff.example", "М. Сынақ5")
    assert str(event["ORGANIZER"]) == "mailto:portal@localhost"
    assert event["URL"].endswith(meeting.get_absolute_url())
    unfolded = text.replace("\r\n ", "")
    people = User.objects.exclude(email=str(attendee)[7:]).values_list("name", "email")
    said = set(re.split(r"[\r\n:;=\"]+", unfolded))
    assert [word for row in people for word in row if word in said] == []
    assert "мероприятие" not in unfolded


def test_who_has_no_account_gets_no_address_of_the_portal() -> None:
    guest = Recipient("Қ. Қонақ", "guest@example.kz", "kk")
    text = calendar.request_for(meeting_known(), guest, scene.WEEK_BEFORE)
    [event] = Calendar.from_ical(text).events
    assert ("URL" in event, str(event["ATTENDEE"])) == (False, "mailto:guest@example.kz")


def test_a_cancellation_cancels_the_same_entry() -> None:
    text = calendar.cancellation_for(meeting_known(), reader(), scene.WEEK_BEFORE)
    entry = Calendar.from_ical(text)
    [event] = entry.events
    assert (entry["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", f"{UID}@staff-portal")


HOSTILE = "Зал №2; «А, Б»\\n\r\nBEGIN:VALARM\r\nX:1 " + "ұзын" * 40


def test_hostile_and_long_texts_stay_texts_in_short_lines() -> None:
    meeting = meeting_known()
    meeting.place_ru = HOSTILE[:200]
    person = Recipient('О. "Б;В:Г"\r\nX-EVIL:1', "a@b.example", "ru")
    text = calendar.request_for(meeting, person, scene.WEEK_BEFORE)
    lines = text.split("\r\n")
    assert [line for line in lines if len(line.encode()) > 75] == []
    assert re.findall(r"[\r\n]", text.replace("\r\n", "")) == []
    assert [line for line in lines if line.startswith(("X-EVIL", "BEGIN:VALARM"))] == []
    [event] = Calendar.from_ical(text).events
    assert event["LOCATION"].replace("\r\n", "\n") == HOSTILE[:200].replace("\r\n", "\n")


def test_the_letter_carries_the_entry_as_a_part_and_as_a_file() -> None:
    meeting = meeting_known()
    [row] = notices.send(
        meeting.staff,
        "protocol.unsigned",
        "with-entry",
        NEWS,
        [reader()],
        now=scene.WEEK_BEFORE,
        calendar=lambda person: calendar.request_for(meeting, person, scene.WEEK_BEFORE),
    )
    # The event waits for the letter of the day; with an entry it does not.
    assert (row.in_digest, row.available_at) == (False, scene.WEEK_BEFORE)
    mail = message_from_bytes(letter(row).message().as_bytes(), policy=default)
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert re.sub(r"\s+", " ", parts["text/calendar"]["Content-Type"]) == (
        'text/calendar; method="REQUEST"; charset="utf-8"'
    )
    assert parts["text/calendar"].get_content().replace("\r\n", "\n") == row.calendar.replace("\r\n", "\n")
    file = parts["application/ics"]
    assert (file.get_filename(), file.get_content()) == ("meeting.ics", row.calendar.encode())


def test_a_letter_without_an_entry_stays_as_it_was() -> None:
    stage = scene.set_stage()
    [row] = notices.send(
        stage.staff, "test", "test", NEWS, [to_user(stage.member.person)], now=scene.WEEK_BEFORE
    )
    assert [kind for _content, kind in letter(row).alternatives] == ["text/html"]


# Feeds.


def feed(client: Client, address: str) -> Calendar:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    assert isinstance(read, Calendar)
    return read


def token_of(person: Actor) -> str:
    return actions.renew_feed(by=person, now=timezone.now())


def address_of(token: str) -> str:
    return f"/calendar/{token}.ics"


def test_the_personal_feed_needs_no_login_and_shows_title_time_and_place(client: Client) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    scene.approved(stage, items=2)
    token = token_of(stage.member)
    read = feed(client, address_of(token))
    assert (read["X-PUBLISHED-TTL"], read["REFRESH-INTERVAL"].dt) == ("PT1H", timedelta(hours=1))
    [event] = read.events
    assert sorted(event) == [
        "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "STATUS", "SUMMARY", "UID",
    ]  # fmt: skip
    assert len(token) >= 43
    assert list(CalendarFeed.objects.values_list("token_hash", flat=True)) == [
        hashlib.sha256(token.encode()).hexdigest()
    ]


def test_a_cancelled_meeting_says_so_in_the_feed(client: Client) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.planned(stage)
    actions.cancel_meeting(meeting, reason="кворум болмайды", by=stage.secretary, now=scene.WEEK_BEFORE)
    [event] = feed(client, address_of(token_of(stage.member))).events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_renewing_ends_the_old_address_and_revoking_the_last(client: Client) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    first, second = token_of(stage.member), token_of(stage.member)
    codes = [client.get(address_of(token)).status_code for token in (first, second)]
    actions.revoke_feed(by=stage.member, now=timezone.now())
    assert [*codes, client.get(address_of(second)).status_code] == [404, 200, 404]
    assert client.get(address_of("x" * 43)).status_code == 404


def test_who_lost_the_seat_or_the_account_reads_nothing(client: Client) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    token, other = token_of(stage.member), token_of(stage.people[5])
    Holder.objects.filter(user=stage.member.user).delete()
    User.objects.filter(pk=stage.people[5].person.pk).update(is_active=False)
    assert [client.get(address_of(each)).status_code for each in (token, other)] == [404, 404]


def test_an_invited_person_reads_only_the_approved_meetings_with_the_own_name(client: Client) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    guest = scene.placed(stage, "invited")
    scene.approved(stage)
    assert feed(client, address_of(token_of(guest))).events == []


def test_when_it_was_read_is_noted_once_an_hour() -> None:
    stage = scene.set_stage()
    now, seen = scene.WEEK_BEFORE, []
    token = actions.renew_feed(by=stage.member, now=now)
    for minutes in (1, 30, 62):
        actions.feed_of(token, now=now + timedelta(minutes=minutes))
        seen.append(CalendarFeed.objects.values_list("read_at", flat=True)[0])
    assert [moment - now for moment in seen if moment] == [timedelta(minutes=each) for each in (1, 1, 62)]


def test_the_page_shows_the_address_once_and_ends_it() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client, page = scene.signed_in(stage.member), "/test-staff/meetings/calendar/"
    shown = client.post(f"{page}renew/").content.decode()
    [path] = set(re.findall(r'href="http://localhost:8000(/calendar/[\w-]+\.ics)"', shown))
    assert Client().get(path).status_code == 200
    assert path not in client.get(page).content.decode()
    assert client.post(f"{page}revoke/").status_code == 302
    assert Client().get(path).status_code == 404


def test_the_public_feed_holds_what_was_announced(client: Client) -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    announced = scene.planned(stage, day=date(2026, 12, 24))
    actions.announce(announced, by=stage.secretary, now=scene.WEEK_BEFORE)
    [event] = feed(client, "/open/test-staff/calendar.ics").events
    assert event["DTSTART"].dt.date() == date(2026, 12, 24)
    assert "max-age=300" in client.get("/open/test-staff/calendar.ics")["Cache-Control"]


@pytest.mark.parametrize(
    ("language", "name", "place"),
    [
        ("kk", "test-staff ведомствоаралық штабы", "әкімдік"),
        ("ru", "Межведомственный штаб test-staff", "акимат"),
    ],
)
def test_the_public_feed_speaks_the_language_of_its_address(
    language: str, name: str, place: str, client: Client
) -> None:
    stage = scene.set_stage()
    actions.announce(scene.planned(stage), by=stage.secretary, now=scene.WEEK_BEFORE)
    path = f"/{language}/open/test-staff/calendar.ics"
    read = feed(client, path)
    [event] = read.events
    assert (read["X-WR-CALNAME"], event["LOCATION"]) == (name, place)
    assert path in client.get(f"/{language}/open/test-staff/").content.decode()


@pytest.mark.parametrize("address", ["personal", "public"])
def test_a_feed_asks_the_database_the_same_for_any_number(address: str, client: Client) -> None:
    counts = []
    for code, days in (("one-staff", 1), ("three-staff", 3)):
        stage = scene.set_stage(code, today=timezone.localdate())
        for number in range(days):
            meeting = scene.planned(stage, day=date(2026, 12, 15 + number))
            actions.announce(meeting, by=stage.secretary, now=scene.WEEK_BEFORE)
        path = address_of(token_of(stage.member)) if address == "personal" else f"/open/{code}/calendar.ics"
        with CaptureQueriesContext(connection) as queries:
            feed(client, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Letters of acts.


def entries(event: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(event=event).exclude(calendar="").order_by("email")
    return [(row.email, str(Calendar.from_ical(row.calendar)["METHOD"])) for row in rows]


def test_who_is_left_out_of_the_approved_list_is_told_so_at_its_approval_alone_and_once() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    act: dict[str, Any] = {"by": stage.secretary, "now": scene.WEEK_BEFORE}

    def approve() -> None:
        version = actions.submit_agenda(meeting, **act)
        actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=scene.WEEK_BEFORE)

    second = meeting.items.get(order=2)
    for name, items in (("guest", []), ("of-question", [second]), ("other", [])):
        email = f"{name}@example.kz"
        actions.invite(meeting, name=f"Қ. {name}", office_kk="қонақ", email=email, items=items, **act)
    approve()
    actions.dispatch(Meeting.objects.get(), **act)
    late = actions.invite(meeting, name="Ж. Жаңа", office_kk="қонақ", email="new@example.kz", **act)
    actions.uninvite(Invitee.objects.get(name="Қ. guest"), **act)
    actions.uninvite(late, **act)
    actions.remove_item(second, **act)
    assert (entries("meeting.uninvited"), Meeting.objects.get().sequence) == ([], 0)
    approve()
    gone = [("guest@example.kz", "CANCEL"), ("of-question@example.kz", "CANCEL")]
    assert (entries("meeting.uninvited"), Meeting.objects.get().sequence) == (gone, 1)
    scene.add_item(stage, meeting, 3)
    approve()
    assert (entries("meeting.uninvited"), Meeting.objects.get().sequence) == (gone, 1)
