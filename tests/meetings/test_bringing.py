"""What agencies bring: awaited documents, versions, access, who sees which document when (clause 22)."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from meetings import actions, facts, sight
from meetings.models import AgendaItem, Material, MaterialReading, Meeting, OwedMaterial, PrivateNote
from members.models import JournalEntry, Notice
from members.permissions import Actor
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 15, 6, 0, tzinfo=UTC)
TODAY = date(2026, 12, 15)
PAGE = "/test-staff/materials/"


@pytest.fixture(autouse=True)
def on_a_day_before_the_meeting() -> Any:
    with time_machine.travel(LATER, tick=True):
        yield


def file(mark: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile("anyqtama.pdf", scene.PDF + mark.encode())


def item_of(stage: Stage) -> AgendaItem:
    return scene.planned(stage).items.get()


def bring(
    item: AgendaItem, by: Actor, *, now: datetime = WEEK_BEFORE, mark: str = "", **more: Any
) -> Material:
    fields = {"language": "kk", "owed": None if "replaces" in more else item.owed.first()} | more
    return actions.attach_material(item, upload=file(mark), by=by, now=now, **fields)


def row_of(item: AgendaItem) -> facts.ItemMaterials:
    return facts.items_with_materials(Meeting.objects.get(pk=item.meeting_id), today=TODAY)[0]


def versions_seen(item: AgendaItem, by: Actor) -> list[int]:
    return [row.version for row in sight.materials_for(row_of(item), by)]


def refusal(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return str(refused.value.verdict.reason)


def officer(stage: Stage, place: int = 4) -> Actor:
    return scene.placed(stage, "agency", organisation=stage.organisations[place])


# Who brings


def test_an_officer_and_the_member_of_the_agency_bring_its_document_and_nobody_else() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    stranger = stage.people[9]
    assert refusal(bring, item, stranger) == "other_agency"
    assert refusal(bring, item, scene.placed(stage, "controller")) == "not_your_role"
    assert refusal(bring, item, scene.set_stage("other-staff").secretary) == "other_staff"
    by_officer, by_member = bring(item, officer(stage)), bring(item, stage.member, mark="2", language="ru")
    assert [row.agency for row in (by_officer, by_member)] == [stage.organisations[4]] * 2
    assert by_officer.title == "Анықтама"
    assert by_member.title == "Справка"


def test_a_second_agency_brings_what_it_owes_and_sees_its_own_document_only() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    other = stage.organisations[7]
    owed = actions.await_material(
        item,
        agency=other,
        title_kk="Есеп",
        title_ru="Отчёт",
        language="ru",
        by=stage.secretary,
        now=WEEK_BEFORE,
    )
    member = stage.people[7]
    bring(item, stage.member)
    theirs = bring(item, member, owed=owed, language="ru", mark="2")
    assert theirs.agency == other
    assert [sight.may_read(row_of(item).item, who, approved=False) for who in (member, stage.people[9])] == [
        True,
        False,
    ]
    assert [row.title for row in sight.materials_for(row_of(item), member)] == ["Отчёт"]
    assert len(sight.materials_for(row_of(item), stage.member)) == 2
    assert refusal(bring, item, member) == "other_agency"


def test_the_secretary_is_told_once_of_what_an_agency_brought() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    bring(item, stage.member)
    bring(item, stage.member)
    told = Notice.objects.filter(event="material.brought")
    assert [notice.recipient_id for notice in told] == [stage.secretary.person.pk]
    assert item.materials.count() == 1


def test_nothing_is_brought_after_the_meeting_has_begun() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    assert refusal(bring, meeting.items.get(), stage.member) == "meeting_has_begun"


# Awaited documents and languages

LANGUAGES = [
    pytest.param("both", ["both"], "", id="one-file-in-both"),
    pytest.param("both", ["kk", "ru"], "", id="a-file-each"),
    pytest.param("both", ["kk"], "ru", id="kazakh-only"),
    pytest.param("both", ["ru"], "kk", id="russian-only"),
    pytest.param("kk", ["ru"], "kk", id="in-the-other-language"),
    pytest.param("ru", ["ru"], "", id="as-asked"),
]


@pytest.mark.parametrize(("asked", "came", "lacks"), LANGUAGES)
def test_one_language_is_enough_and_the_other_is_a_mark(asked: str, came: list[str], lacks: str) -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    item.owed.update(language=asked)
    for language in came:
        bring(item, stage.member, language=language, mark=language)
    awaited = row_of(item).awaited[0]
    assert (awaited.is_missing, awaited.lacks) == (False, lacks)


def test_the_secretary_names_changes_and_takes_off_awaited_documents() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    client = scene.signed_in(stage.secretary)
    home = "/test-staff/meetings/2026-12-17"
    agency = stage.organisations[8]
    data = {"agency": agency.pk, "title_kk": "Есеп", "title_ru": "", "language": "kk"}
    assert (
        client.post(
            f"{home}/items/1/awaited/", {f"owed-{key}": value for key, value in data.items()}
        ).status_code
        == 302
    )
    owed = OwedMaterial.objects.get(agency=agency)
    assert (
        client.post(f"{home}/awaited/{owed.pk}/", data | {"language": "both", "version": 1}).status_code
        == 302
    )
    owed.refresh_from_db()
    assert owed.language == "both"
    material = bring(item, stage.people[8], owed=owed)
    assert client.post(f"{home}/awaited/{owed.pk}/", data | {"version": 1}).status_code == 422
    assert client.post(f"{home}/awaited/{owed.pk}/remove/").status_code == 409
    actions.admit_late(item, reason="керек", by=stage.head, now=LATER)
    assert client.post(f"{home}/awaited/{owed.pk}/remove/").status_code == 302
    material.refresh_from_db()
    assert (material.owed, item.owed.count()) == (None, 1)
    acts = JournalEntry.objects.filter(act__startswith="material.awaited").order_by("pk")
    assert [entry.act for entry in acts] == [
        "material.awaited",
        "material.awaited_changed",
        "material.awaited_no_more",
    ]
    empty = {f"owed-{key}": value for key, value in (data | {"title_kk": ""}).items()}
    assert client.post(f"{home}/items/1/awaited/", empty).status_code == 422


# Versions


def test_a_correction_in_time_replaces_for_everybody_and_keeps_the_former() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    first = bring(item, stage.member)
    scene.sent(stage, item)
    second = bring(item, stage.member, replaces=first, mark="2")
    assert (second.version, second.replaces, second.owed) == (2, first, first.owed)
    everybody = (stage.secretary, stage.head, stage.member, stage.people[9])
    assert [versions_seen(item, who) for who in everybody] == [[2], [2], [2], [1]]
    scene.sent(stage, item)
    assert [versions_seen(item, who) for who in everybody] == [[2]] * 4
    former = sight.versions_for(row_of(item), stage.people[9])
    assert [row.version for row in former] == [1, 2]


def test_a_late_correction_is_held_and_everybody_reads_the_former_until_it_is_admitted() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    first = bring(item, stage.member)
    scene.sent(stage, item)
    bring(item, stage.member, replaces=first, mark="2", now=LATE)
    row = row_of(item)
    assert ([each.version for each in row.materials], [each.version for each in row.held]) == ([1, 2], [2])
    everybody = (stage.secretary, stage.head, stage.member, stage.people[9])
    assert [versions_seen(item, who) for who in everybody] == [[2], [2], [2], [1]]
    actions.admit_late(item, reason="керек", by=stage.head, now=LATE)
    scene.sent(stage, item, now=LATE)
    assert [versions_seen(item, who) for who in everybody] == [[2]] * 4


def test_a_withdrawn_correction_brings_the_former_back_and_the_next_follows_it() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    first = bring(item, stage.member)
    scene.sent(stage, item)
    second = bring(item, stage.member, replaces=first, mark="2")
    scene.sent(stage, item)
    assert versions_seen(item, stage.people[9]) == [2]
    actions.withdraw_material(second, by=stage.secretary, now=WEEK_BEFORE)
    assert versions_seen(item, stage.people[9]) == [1]
    third = bring(item, stage.member, replaces=first, mark="3")
    scene.sent(stage, item)
    assert (third.version, versions_seen(item, stage.people[9])) == (3, [3])


def test_what_came_after_the_dispatch_is_read_when_it_was_sent_too() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    bring(item, stage.member)
    scene.sent(stage, item)
    later = bring(item, stage.member, owed=None, title="Қосымша", mark="2")
    client, agency = scene.signed_in(stage.people[9]), scene.signed_in(officer(stage))
    address = f"/test-staff/meetings/2026-12-17/materials/{later.pk}/"
    receipt = f"{PAGE}{later.pk}/receipt/"
    assert client.get(address).status_code == 404
    assert b"".join(agency.get(address).streaming_content)
    said = agency.get(receipt).context
    assert (said["is_read"], said["is_supplement"], said["is_open"]) == (False, True, True)
    scene.sent(stage, item)
    assert agency.get(receipt).context["is_read"]
    assert b"".join(client.get(address).streaming_content)


def test_the_receipt_of_a_restricted_document_promises_it_to_nobody_else() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    material = bring(item, stage.member, restricted_ground="Заң, 5-бап")
    client = scene.signed_in(officer(stage))
    before = client.get(f"{PAGE}{material.pk}/receipt/")
    scene.sent(stage, item)
    after = client.get(f"{PAGE}{material.pk}/receipt/")
    both = [page.content.decode() for page in (before, after)]
    with override("kk"):
        words = (
            "Access to it is limited: the members see only its title, unless the secretary has named them.",
            "It was sent; only the persons with access may read it.",
            "The members may read it now.",
        )
        assert [[gettext(word) in page for word in words] for page in both] == [
            [True, False, False], [False, True, False],
        ]  # fmt: skip


def test_two_corrections_of_one_version_follow_each_other_and_the_same_file_stands_once() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    first = bring(item, stage.member)
    for mark in ("2", "3", "3"):
        bring(item, stage.member, replaces=first, mark=mark)
    assert [row.version for row in item.materials.order_by("pk")] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_become_two_versions_in_a_row() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    first = bring(item, stage.member)
    start = Barrier(2)

    def upload(mark: str) -> None:
        start.wait()
        bring(item, stage.member, replaces=first, mark=mark)
        connection.close()

    threads = [Thread(target=upload, args=(mark,)) for mark in ("2", "3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.version for row in item.materials.order_by("version")] == [1, 2, 3]


# Restricted documents


def test_a_restricted_document_is_known_to_all_and_opened_by_those_named() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    named, other, auditor = stage.people[8], stage.people[9], scene.placed(stage, "auditor")
    material = bring(item, stage.member, restricted_ground="«Сынақ туралы» ҚР Заңы, 5-бап")
    actions.set_access(
        material,
        ground=material.restricted_ground,
        readers=[named.person],
        by=stage.secretary,
        now=WEEK_BEFORE,
    )
    scene.sent(stage, item)
    people = (stage.secretary, stage.head, stage.member, named, stage.deputy, auditor, other)
    row = row_of(item)
    assert [len(sight.materials_for(row, who)) for who in people] == [1, 1, 1, 1, 0, 0, 0]
    assert [len(sight.restricted_for(row, who)) for who in people] == [0, 0, 0, 0, 1, 1, 1]
    corrected = bring(item, stage.member, replaces=material, mark="2")
    assert [reader.user for reader in corrected.readers.all()] == [named.person]
    assert versions_seen(item, other) == []


def test_each_opening_of_a_restricted_document_is_an_act_and_of_others_a_mark() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    material = bring(item, stage.member)
    address = f"/test-staff/meetings/2026-12-17/materials/{material.pk}/"
    client = scene.signed_in(stage.member)
    for _time in range(2):
        assert b"".join(client.get(address).streaming_content) == scene.PDF
    opened = JournalEntry.objects.filter(act="material.restricted_opened")
    assert (MaterialReading.objects.get().user, opened.count()) == (stage.member.person, 0)
    secretary = scene.signed_in(stage.secretary)
    access = f"{address}access/"
    assert secretary.post(access, {"ground": "", "readers": [stage.people[8].person.pk]}).status_code == 422
    assert secretary.post(access, {"ground": "Заң"}).status_code == 302
    b"".join(client.get(address).streaming_content)
    b"".join(client.get(address).streaming_content)
    assert (MaterialReading.objects.count(), opened.count()) == (1, 2)
    assert secretary.post(access, {"ground": ""}).status_code == 302
    assert JournalEntry.objects.filter(act="material.unrestricted").count() == 1


# Private notes


def test_a_private_note_is_read_by_its_writer_alone() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    material = Material.objects.get()
    client = scene.signed_in(stage.member)
    home = "/test-staff/meetings/2026-12-17"
    address = f"{home}/materials/{material.pk}/note/"
    assert client.post(address, {"text": "өзіме ескертпе"}).status_code == 302
    people = [stage.member, stage.secretary, stage.head, scene.placed(stage, "auditor")]
    pages = [scene.signed_in(who).get(f"{home}/items/1/").content.decode() for who in people]
    assert ["өзіме ескертпе" in page for page in pages] == [True, False, False, False]
    kept = client.get("/me/data/download/").json()
    assert [row["text"] for row in kept["private_notes"]] == ["өзіме ескертпе"]
    assert scene.signed_in(stage.secretary).post(address, {"text": "x"}).status_code == 403
    assert client.post(address, {"text": ""}).status_code == 302
    assert not PrivateNote.objects.exists()


def test_the_own_note_stays_when_the_document_becomes_restricted() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    material = bring(item, stage.member)
    scene.sent(stage, item)
    writer, other = stage.people[9], stage.people[8]
    actions.write_note(material, text="өзіме ескертпе", by=writer, now=WEEK_BEFORE)
    actions.set_access(material, ground="Заң, 5-бап", readers=[], by=stage.secretary, now=WEEK_BEFORE)
    address = "/test-staff/meetings/2026-12-17/items/1/"
    pages = [scene.signed_in(who).get(address) for who in (writer, other)]
    assert [page.context["restricted"] for page in pages] == [
        [(material, "өзіме ескертпе")],
        [(material, "")],
    ]
    assert ["өзіме ескертпе" in page.content.decode() for page in pages] == [True, False]


def test_access_is_offered_to_who_can_open_a_document_by_name_and_office() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    material = bring(item, stage.member)
    own, auditor = officer(stage), scene.placed(stage, "auditor")
    strangers = [scene.placed(stage, "controller"), scene.placed(stage, "invited")]
    page = scene.signed_in(stage.secretary).get(
        f"/test-staff/meetings/2026-12-17/materials/{material.pk}/access/"
    )
    offered = {choice[0].value: choice[1] for choice in page.context["form"].fields["readers"].choices}
    assert {own.person.pk, auditor.person.pk, stage.people[9].person.pk} <= set(offered)
    assert {who.person.pk for who in strangers}.isdisjoint(offered)
    assert offered[own.person.pk] == f"{own.person.name}, {stage.organisations[4].name_kk}"


# Pages


def test_the_agency_sends_its_document_from_its_own_page_and_gets_a_receipt() -> None:
    stage = scene.set_stage()
    item = item_of(stage)
    client = scene.signed_in(officer(stage))
    owed = item.owed.get()
    page = client.get(PAGE)
    assert (page.status_code, page.context["open_count"]) == (200, 1)
    assert client.post(f"{PAGE}awaited/{owed.pk}/", {"language": "kk"}).status_code == 422
    sent = client.post(f"{PAGE}awaited/{owed.pk}/", {"language": "kk", "file": file()})
    material = Material.objects.get()
    assert sent.url == f"{PAGE}{material.pk}/receipt/"
    receipt = client.get(sent.url)
    assert (receipt.context["days_late"], receipt.context["is_held"]) == (3, True)
    corrected = client.post(f"{PAGE}{material.pk}/correct/", {"language": "kk", "file": file("2")})
    assert client.get(corrected.url).context["material"].version == 2
    assert client.get(PAGE).context["open_count"] == 0


def test_another_agency_is_refused_and_another_staff_finds_nothing() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    owed, material = OwedMaterial.objects.get(), Material.objects.get()
    addresses = [
        f"{PAGE}awaited/{owed.pk}/",
        f"{PAGE}{material.pk}/correct/",
        f"{PAGE}{material.pk}/receipt/",
    ]
    wrong = scene.signed_in(officer(stage, 9))
    assert [wrong.get(address).status_code for address in addresses] == [403, 403, 404]
    attach = f"{meeting.get_absolute_url()}items/1/attach/"
    assert wrong.post(attach, {"title": "x", "language": "kk", "file": file()}).status_code == 403
    stranger = scene.signed_in(scene.set_stage("other-staff").secretary)
    assert [stranger.get(address).status_code for address in addresses] == [404] * 3


def test_a_bad_file_is_explained_beside_the_form() -> None:
    stage = scene.set_stage()
    owed = item_of(stage).owed.get()
    bad = SimpleUploadedFile("a.pdf", b"MZ")
    page = scene.signed_in(officer(stage)).post(f"{PAGE}awaited/{owed.pk}/", {"language": "kk", "file": bad})
    assert len(page.context["form"].non_field_errors()) == 1


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_queries_do_not_grow_with_documents(who: str) -> None:
    counts = []
    for code, number in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        item = item_of(stage)
        for order in range(number):
            owed = actions.await_material(
                item, agency=item.agency, title_kk=f"{order}", title_ru="", language="both",
                by=stage.secretary, now=WEEK_BEFORE,
            )  # fmt: skip
            first = bring(item, stage.member, owed=owed, mark=f"{order}")
            bring(item, stage.member, replaces=first, mark=f"{order}-2")
        client = scene.signed_in(getattr(stage, who))
        pages = (f"/{code}/materials/", f"/{code}/meetings/2026-12-17/items/1/")
        counts.append([queries_of(client, page) for page in pages])
    assert counts[0] == counts[1]


def test_the_duty_of_the_agency_leads_to_the_upload() -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    duties = scene.signed_in(officer(stage)).get("/test-staff/").content.decode()
    assert f'href="{PAGE}"' in duties
