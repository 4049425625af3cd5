"""Sending the agenda: what goes, lateness with its reason, proof, sending again (clauses 22, 26(4))."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import actions, facts, proofs
from meetings.duties import duties
from meetings.models import Delivery, Dispatch, Material, MaterialReader, MaterialReading, Meeting
from members.models import Holder, JournalEntry, Notice
from members.permissions import Actor
from members.states import Mail
from regulation.verdicts import Refused
from staff_portal.steps import progress_of, steps_of
from tests import stage as scene
from tests.meetings.test_races import together
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db

PAGE = "/test-staff/meetings/2026-12-17/dispatch/"
IN_TIME = datetime(2026, 12, 14, 18, 59, tzinfo=UTC)  # 23:59 of M−3 in Qostanay
LATE = datetime(2026, 12, 14, 19, 0, tzinfo=UTC)  # 00:00 of M−2


def reason_of(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.verdict.reason


def send(stage: Stage, meeting: Meeting, *, now: datetime = WEEK_BEFORE, late_reason: str = "") -> Dispatch:
    return actions.dispatch(meeting, by=stage.secretary, now=now, late_reason=late_reason)


def bring(stage: Stage, meeting: Meeting, title: str, *, now: datetime = WEEK_BEFORE) -> None:
    item = meeting.items.order_by("order").first()
    assert item is not None
    upload = scene.SimpleUploadedFile(f"{title}.pdf", scene.PDF)
    actions.attach_material(item, upload=upload, title=title, language="kk", by=stage.secretary, now=now)


def latest(meeting: Meeting) -> facts.Proof:
    return facts.proofs_of(meeting)[0]


def test_a_dispatch_carries_every_document_that_is_not_held_back() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    bring(stage, meeting, "Кешіккен", now=LATE)
    sent = send(stage, meeting, now=LATE, late_reason="байланыс болмады")
    assert sorted(sent.materials.values_list("title", flat=True)) == ["Анықтама", "Анықтама"]
    assert (sent.number, sent.days_late, sent.late_reason) == (1, 1, "байланыс болмады")


def test_the_last_minute_of_the_term_needs_no_reason_and_the_next_does() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    assert reason_of(send, stage, meeting, now=LATE, late_reason="  ") == "late_reason_needed"
    sent = send(stage, meeting, now=IN_TIME, late_reason="керек емес")
    assert (sent.days_late, sent.late_reason) == (0, "")


def test_the_reason_of_the_lateness_stands_in_the_letter_and_in_the_journal() -> None:
    stage = scene.set_stage()
    send(stage, scene.approved(stage), now=LATE, late_reason="байланыс болмады")
    notice = Notice.objects.filter(event="pack.dispatched").first()
    assert notice is not None
    assert "байланыс болмады" in notice.text_kk
    assert "байланыс болмады" in notice.text_ru
    assert JournalEntry.objects.get(act="pack.dispatched").data["late_reason"] == "байланыс болмады"


def test_a_version_goes_again_only_with_documents_that_came_after_it() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)
    assert reason_of(send, stage, meeting) == "already_dispatched"
    bring(stage, meeting, "Қосымша")
    second = send(stage, meeting)
    assert (second.number, [row.title for row in second.materials.all()]) == (2, ["Қосымша"])
    assert reason_of(send, stage, meeting) == "already_dispatched"
    assert Delivery.objects.count() == 30
    assert JournalEntry.objects.filter(act="pack.supplemented").count() == 1


def test_a_new_version_is_sent_whole() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)
    scene.add_item(stage, meeting, 2)
    assert reason_of(send, stage, meeting) == "agenda_changed_after_approval"
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    sent = send(stage, Meeting.objects.get(pk=meeting.pk))
    assert (sent.version.number, sent.number, sent.materials.count()) == (2, 1, 1)


def test_who_may_send() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    meeting = scene.approved(stage)
    for person, expected in ((stage.head, "not_your_role"), (other.secretary, "other_staff")):
        assert reason_of(actions.dispatch, meeting, by=person, now=WEEK_BEFORE) == expected
    sent = send(stage, meeting)
    for person, expected in ((stage.member, "not_your_role"), (other.secretary, "other_staff")):
        assert reason_of(actions.resend, sent, seen=15, by=person, now=WEEK_BEFORE) == expected


def guests(stage: Stage, meeting: Meeting) -> Actor:
    """Invite one with an account, one with an e-mail only, one with nothing."""
    known = scene.placed(stage, "invited")
    emails = {"А. Қонақ": known.person.email.upper(), "Б. Қонақ": "guest@x.example", "В. Қонақ": ""}
    for name, email in emails.items():
        fields: dict[str, Any] = {"name": name, "email": email, "office_kk": "қонақ"}
        actions.invite(meeting, by=stage.secretary, now=WEEK_BEFORE, **fields)
    return known


def approve(stage: Stage, meeting: Meeting) -> Meeting:
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    return Meeting.objects.get(pk=meeting.pk)


def test_an_invited_person_with_an_account_is_led_to_the_meeting_and_can_open_it() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    known = guests(stage, meeting)
    meeting = approve(stage, meeting)
    send(stage, meeting)
    told = {row.name: (row.recipient_id, row.path) for row in Notice.objects.filter(event="pack.invited")}
    assert told == {
        known.person.name: (known.person.pk, meeting.get_absolute_url()),
        "Б. Қонақ": (None, reverse("rules")),
    }
    assert scene.signed_in(known).get(meeting.get_absolute_url()).status_code == 200
    row = next(row for row in latest(meeting).rows if row.name == known.person.name)
    assert row.opened_at is not None


def test_the_proof_says_what_was_sent_delivered_and_opened() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    sent = send(stage, meeting)
    later = WEEK_BEFORE + timedelta(hours=2)
    Notice.objects.filter(recipient=stage.member.person, event="pack.dispatched").update(
        mail=Mail.SENT, sent_at=later
    )
    Notice.objects.filter(recipient=stage.deputy.person, event="pack.dispatched").update(
        mail=Mail.FAILED, error="550 no such user"
    )
    actions.note_opening(meeting, stage.member.person, now=later)
    material = Material.objects.order_by("item__order")[1]
    MaterialReading.objects.create(material=material, user=stage.member.person, opened_at=later)
    proof = latest(meeting)
    assert (proof.sent, len(proof.unopened), proof.with_account) == (sent, 14, 15)
    rows = {line.who: line for line in proofs.lines(proof)}
    assert "08.12.2026, 13:00" in rows[stage.member.person.name].letter
    assert rows[stage.member.person.name].opened == "08.12.2026, 13:00"
    assert "2 (08.12.2026, 13:00)" in rows[stage.member.person.name].documents
    assert "550 no such user" in rows[stage.deputy.person.name].letter
    assert proofs.lines(proof)[-1].who == stage.member.person.name


def test_all_who_have_not_opened_are_written_to_again_once() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    sent = send(stage, meeting)
    actions.note_opening(meeting, stage.member.person, now=WEEK_BEFORE)
    again = WEEK_BEFORE + timedelta(hours=1)
    assert actions.resend(sent, seen=15, by=stage.secretary, now=again) == 14
    assert actions.resend(sent, seen=15, by=stage.secretary, now=again) == 0
    assert latest(meeting).letters == 29
    member = next(row for row in latest(meeting).rows if row.key == f"user-{stage.member.person.pk}")
    head = next(row for row in latest(meeting).rows if row.key == f"user-{stage.head.person.pk}")
    assert (len(member.letters), len(head.letters)) == (1, 2)


def test_a_member_who_took_the_seat_after_the_dispatch_is_written_to() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    sent = send(stage, meeting)
    newcomer = scene.placed(stage, "analyst").person
    holder = stage.member.holder
    assert holder is not None
    holder.until = scene.DAY - timedelta(days=2)
    holder.save()
    Holder.objects.create(seat=holder.seat, user=newcomer, since=scene.DAY - timedelta(days=1))
    assert [row.name for row in latest(meeting).unwritten] == [newcomer.name]
    key = f"user-{newcomer.pk}"
    assert actions.resend(sent, seen=15, to={key}, by=stage.secretary, now=WEEK_BEFORE) == 1
    assert latest(meeting).unwritten == ()


def test_nothing_is_sent_again_once_the_meeting_is_open() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    sent = send(stage, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(
        state="cancelled", cancelled_at=WEEK_BEFORE, cancelled_by=stage.secretary.user
    )
    sent = Dispatch.objects.select_related("version__meeting").get(pk=sent.pk)
    assert reason_of(actions.resend, sent, seen=15, by=stage.secretary, now=WEEK_BEFORE) == "meeting_begun"


def test_the_secretary_learns_at_home_who_has_not_opened() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)

    def at_home(now: datetime) -> int:
        rows = duties(stage.secretary, now=now)
        return sum(row.url == meeting.address("meetings:dispatch") for row in rows)

    assert at_home(WEEK_BEFORE) == 0
    assert at_home(WEEK_BEFORE + timedelta(days=1)) == 1
    for person in stage.voters:
        actions.note_opening(meeting, person.person, now=WEEK_BEFORE)
    assert at_home(WEEK_BEFORE + timedelta(days=1)) == 0


def test_a_member_reads_then_answers() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)

    def waits() -> list[str]:
        return sorted(row.url for row in duties(stage.voters[7], now=WEEK_BEFORE))

    assert waits() == [meeting.get_absolute_url(), meeting.address("meetings:answer")]
    actions.note_opening(meeting, stage.voters[7].person, now=WEEK_BEFORE)
    actions.answer(meeting, reply="will", by=stage.voters[7], now=WEEK_BEFORE)
    assert waits() == []


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 200), ("auditor", 200), ("head", 403), ("member", 403)]
)
@pytest.mark.parametrize("path", ["", "proof/", "proof.csv"])
def test_who_opens_the_proof(path: str, who: str, status: int) -> None:
    stage = scene.set_stage()
    send(stage, scene.approved(stage))
    person = scene.placed(stage, "auditor") if who == "auditor" else getattr(stage, who)
    assert scene.signed_in(person).get(f"{PAGE}{path}").status_code == status


def test_the_file_says_exactly_what_the_page_shows() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)
    client = scene.signed_in(stage.secretary)
    Notice.objects.filter(recipient=stage.head.person).update(name="=HYPERLINK(1)")
    text = client.get(f"{PAGE}proof.csv").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    page = client.get(f"{PAGE}proof/").content.decode()
    assert len(table) == 16
    assert "'=HYPERLINK(1)" in {row[2] for row in table}
    assert all(cell in page for row in table[2:] for cell in row[4:7] if not cell.startswith("'"))


def test_the_secretary_sends_and_sends_again_on_the_page() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, day=scene.DAY)
    client = scene.signed_in(stage.secretary)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 302
    sent = Dispatch.objects.get(version__meeting=meeting)
    one = {"dispatch": sent.pk, "seen": 15, "to": f"user-{stage.member.person.pk}"}
    for _twice in range(2):
        assert client.post(f"{PAGE}resend/", one).status_code == 302
    assert Delivery.objects.filter(user=stage.member.person).count() == 2
    assert client.get(PAGE).status_code == 200
    assert client.post(f"{PAGE}resend/", {"dispatch": 0, "seen": 1}).status_code == 302
    assert scene.signed_in(scene.placed(stage, "auditor")).post(PAGE).status_code == 403


def test_the_pages_ask_as_much_for_one_document_as_for_three() -> None:
    counts = []
    for code, items in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        meeting = scene.approved(stage, items=items)
        send(stage, meeting)
        client = scene.signed_in(stage.secretary)
        pages = [meeting.address(f"meetings:{name}") for name in ("dispatch", "proof", "proof_csv")]
        client.get(pages[0])
        with CaptureQueriesContext(connection) as queries:
            assert [client.get(page).status_code for page in pages] == [200] * 3
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_a_letter_sent_again_from_two_windows_goes_once() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    sent = send(stage, meeting)
    sent = Dispatch.objects.select_related("version__meeting").get(pk=sent.pk)
    counts = together(*[lambda: actions.resend(sent, seen=15, by=stage.secretary, now=WEEK_BEFORE)] * 4)
    assert sorted(counts) == [0, 0, 0, 15]


def test_the_table_of_the_proof_has_a_row_for_each_person_and_document() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    send(stage, meeting)
    second = Material.objects.get(item__order=2)
    MaterialReading.objects.create(material=second, user=stage.member.person, opened_at=WEEK_BEFORE)
    [proof] = facts.proofs_of(meeting)
    own = [row for row in proofs.table(proof) if row[0] == stage.member.person.name]
    digests = [Material.objects.get(item__order=order).sha256 for order in (1, 2)]
    assert [row[5:] for row in own] == [
        ["1", "Анықтама", "1", digests[0], "әлі жоқ"],
        ["2", "Анықтама", "1", digests[1], "08.12.2026, 11:00"],
    ]
    assert {len(row) for row in proofs.table(proof)} == {len(proofs.table_heading())}


def test_the_offices_stay_in_the_proof_after_further_documents_were_sent() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)
    bring(stage, meeting, "Қосымша")
    send(stage, meeting)
    seats = [{line.seat for line in proofs.lines(proof)} for proof in facts.proofs_of(meeting)]
    assert (seats[0] == seats[1], "" in seats[1], len(seats[1])) == (True, False, 15)


def test_what_goes_says_for_which_question_and_from_which_agency() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    page = scene.signed_in(stage.secretary).get(PAGE).content.decode()
    part = page.split('id="goes"')[1].split("</section>")[0]
    agencies = [row.agency.name_kk for row in Material.objects.order_by("item__order")]
    assert [f"<li>{n}. <a" in part and agencies[n - 1] in part for n in (1, 2)] == [True, True]
    assert meeting.items.count() == 2


def test_an_agenda_changed_after_it_was_sent_is_a_dispatch_that_is_due_again() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    send(stage, meeting)
    sent = facts.is_sent_as_approved(meeting)
    scene.add_item(stage, meeting, 2)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (sent, facts.is_sent_as_approved(meeting)) == (True, False)
    steps = [
        steps_of(progress_of(meeting, today=scene.DAY - timedelta(days=before)), stage.secretary)[5].state
        for before in (5, 2)
    ]
    assert steps == ["blocked", "late"]
    actions.sweep(now=LATE)
    assert Notice.objects.filter(event="pack.due").count() == 1


def test_another_day_forgets_that_the_head_admitted_what_was_late() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get(), now=LATE)
    admit: dict[str, Any] = {"reason": "маңызды", "by": stage.head, "now": LATE}
    actions.admit_late(meeting.items.get(), **admit)
    day = meeting.day + timedelta(days=1)
    actions.reschedule(meeting, day=day, reason="х", by=stage.secretary, now=LATE)
    item = meeting.items.get()
    assert (item.admitted_at, item.admitted_by, item.admitted_reason, item.admitted_ground) == (
        None,
        None,
        "",
        "",
    )


def test_further_documents_are_announced_to_who_may_open_them_without_an_entry_of_the_calendar() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    guests(stage, meeting)
    meeting = approve(stage, meeting)
    send(stage, meeting)
    bring(stage, meeting, "Құпия")
    Material.objects.filter(title="Құпия").update(
        restricted_ground="Заң, 1-бап", agency=stage.organisations[7]
    )
    reader = stage.voters[9]
    secret = Material.objects.get(title="Құпия")
    MaterialReader.objects.create(
        material=secret, user=reader.person, added_at=WEEK_BEFORE, added_by=stage.secretary.person
    )
    sent = send(stage, meeting)
    own = next(each for each in stage.voters if stage.organisations[7].pk in each.organisation_ids)
    letters = [row.notice for row in sent.deliveries.select_related("notice")]
    expected = {stage.head.person.pk, reader.person.pk, own.person.pk}
    assert {row.recipient_id for row in letters} == expected
    assert ({row.calendar for row in letters}, latest(meeting).unwritten) == ({""}, ())
    first = Notice.objects.filter(event="pack.dispatched", recipient=stage.deputy.person)
    assert [bool(row.calendar) for row in first] == [True]


def test_a_reminder_of_owed_documents_waits_for_the_letter_of_the_working_day() -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    actions.sweep(now=datetime(2026, 12, 7, 1, 0, tzinfo=UTC))
    rows = Notice.objects.filter(event="material.owed")
    assert [(row.in_digest, row.available_at) for row in rows] == [
        (True, datetime(2026, 12, 7, 3, 30, tzinfo=UTC))
    ]
