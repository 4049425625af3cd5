"""The pack: the reading list, one bookmarked PDF made by a task, the ZIP; nothing that was not sent leaks."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from PIL import Image
from pypdf import PdfReader, PdfWriter

from meetings import actions, archive, binder
from meetings.models import Material, MaterialReading, Meeting, Pack
from meetings.states import PackState
from members.permissions import Actor
from regulation.verdicts import Refused
from tests import stage as scene
from tests.documents import tiny_pdf
from tests.meetings.test_races import together
from tests.stage import MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db


def picture(width: int, height: int, kind: str = "PNG", orientation: int | None = None) -> bytes:
    made, exif = io.BytesIO(), Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    Image.new("RGB", (width, height), "navy").save(made, kind, exif=exif)
    return made.getvalue()


def pages(count: int) -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    for _number in range(count):
        writer.add_blank_page(width=595, height=842)
    writer.write(made)
    return made.getvalue()


def locked() -> bytes:
    writer, made = PdfWriter(clone_from=io.BytesIO(pages(1))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def sent(stage: Stage, *, items: int = 2) -> Meeting:
    """Return a meeting whose agenda with a document for each question went out to everybody."""
    meeting = scene.approved(stage, items=items)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    return Meeting.objects.get(pk=meeting.pk)


def put(meeting: Meeting, content: bytes, *, order: int = 1, name: str = "x.pdf", **fields: Any) -> Material:
    """Let a document be among those that were sent, whatever its bytes are."""
    like = meeting.items.get(order=order).materials.order_by("pk").first()
    assert like is not None
    material = Material(
        question=like.question,
        item=like.item,
        agency=like.agency,
        language="ru",
        file_name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=WEEK_BEFORE,
        uploaded_by=like.uploaded_by,
        **{"title": name} | fields,
    )
    material.file.save("materials/test.bin", ContentFile(content), save=False)
    material.save()
    dispatched = like.dispatches.first()
    if dispatched is not None:
        dispatched.materials.add(material)
    return material


def made(stage: Stage, meeting: Meeting, language: str = "ru", by: Actor | None = None) -> Pack:
    """Return the pack of now, asked for and made."""
    asked = actions.ask_for_pack(meeting, language=language, by=by or stage.member, now=WEEK_BEFORE)
    actions.make_pack(asked.pk, now=WEEK_BEFORE + timedelta(seconds=asked.pk))
    return Pack.objects.get(pk=asked.pk)


def titles(outline: list[Any]) -> list[Any]:
    return [titles(entry) if isinstance(entry, list) else entry.title for entry in outline]


def bytes_of(row: Pack | Material) -> bytes:
    with row.file.open("rb") as file:
        content: bytes = file.read()
    return content


def read(pack: Pack) -> PdfReader:
    return PdfReader(io.BytesIO(bytes_of(pack)))


def test_the_pack_is_contents_agenda_and_documents_with_bookmarks() -> None:
    stage = scene.set_stage()
    meeting = sent(stage)
    put(meeting, pages(3), title="Справка о росте")
    put(meeting, b"PK", order=2, name="tables.xlsx", title="Таблицы")
    pack = made(stage, meeting)
    reader = read(pack)
    assert (pack.state, pack.done, pack.total, pack.sha256, pack.size) == (
        PackState.READY,
        4,
        4,
        hashlib.sha256(bytes_of(pack)).hexdigest(),
        pack.file.size,
    )
    assert titles(reader.outline) == [
        "Содержание",
        "Повестка дня",
        "1. О вопросе 1",
        ["Анықтама", "Справка о росте"],
        "2. О вопросе 2",
        ["Анықтама"],
    ]
    contents = reader.pages[0].extract_text()
    assert "Таблицы" in contents
    assert "Нет в этом файле: не PDF и не изображение: откройте его на портале" in " ".join(contents.split())
    outline: Any = reader.outline
    first = reader.get_destination_page_number(outline[3][0])
    assert f"{first + 1}" in contents
    assert len(reader.pages) == first + 1 + 3 + 1
    agenda = reader.get_destination_page_number(outline[1])
    assert f"Повестка дня Русский {agenda + 1}" in " ".join(contents.split())
    last = [page.extract_text().split("\n")[-1].strip() for page in reader.pages]
    assert last == [f"{number} / {len(last)}" for number in range(1, len(last) + 1)]


@pytest.mark.parametrize(
    ("size", "turned", "sheet"),
    [
        pytest.param((595, 842), 0, (595, 842), id="a sheet"),
        pytest.param((200, 100), 0, (842, 595), id="tiny"),
        pytest.param((100, 200), 90, (842, 595), id="turned"),
        pytest.param((2000, 4000), 0, (595, 842), id="a poster"),
    ],
)
def test_every_page_becomes_an_upright_sheet_of_a4(
    size: tuple[int, int], turned: int, sheet: tuple[int, int]
) -> None:
    writer, made = PdfWriter(), io.BytesIO()
    writer.add_blank_page(*size).rotate(turned)
    writer.write(made)
    [page] = PdfReader(io.BytesIO(binder.plain_pages(made.getvalue()))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height), page.rotation) == (*sheet, 0)


def test_who_takes_the_one_pdf_has_opened_what_is_in_it_and_who_takes_the_zip_everything() -> None:
    stage = today_stage()
    meeting = sent(stage, items=1)
    put(meeting, b"PK", name="letter.docx", title="Хат")
    pack = made(stage, meeting, "kk")
    client = scene.signed_in(stage.member)
    opened = []
    for name in ("meetings:pack_pdf", "meetings:pack_zip"):
        assert b"".join(client.get(page_of(meeting, name)).streaming_content)
        readings = MaterialReading.objects.filter(user=stage.member.person)
        opened.append(sorted(readings.values_list("material__title", flat=True)))
    assert (pack.total, opened) == (2, [["Анықтама"], ["Анықтама", "Хат"]])


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("broken.pdf", b"%PDF-1.7 nothing more", "broken", id="a broken PDF"),
        pytest.param("empty.pdf", b"", "broken", id="an empty file"),
        pytest.param("locked.pdf", locked(), "locked", id="a password"),
        pytest.param("broken.png", b"\x89PNG\r\n\x1a\n", "broken", id="a broken picture"),
        pytest.param("letter.docx", b"PK", "kind", id="a text"),
        pytest.param("half.pdf", pages(2)[:200], "broken", id="half a PDF"),
        pytest.param("gif.png", b"GIF89a", "broken", id="another kind of picture"),
    ],
)
def test_a_document_that_cannot_be_bound_is_listed_with_the_reason(
    name: str, content: bytes, why: str
) -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    put(meeting, content, name=name, title="Особый документ")
    pack = made(stage, meeting)
    assert pack.state == PackState.READY
    with translation.override("ru"):
        said = str(binder.WHY_NOT[why])
    text = " ".join(read(pack).pages[0].extract_text().split())
    assert ("Особый документ" in text, said in text) == (True, True)
    assert titles(read(pack).outline)[-1] == ["Анықтама"]


@pytest.mark.parametrize(
    ("width", "height", "orientation", "standing"),
    [
        pytest.param(300, 600, None, True, id="standing"),
        pytest.param(600, 300, None, False, id="lying"),
        pytest.param(600, 300, 6, True, id="a photo turned by its camera"),
    ],
)
def test_a_picture_stands_upright_on_a_sheet_of_a4(
    width: int, height: int, orientation: int | None, standing: bool
) -> None:
    page = PdfReader(io.BytesIO(binder.picture_page(picture(width, height, "JPEG", orientation)))).pages[0]
    size = (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
    assert size == ((595, 842) if standing else (842, 595))


def test_the_same_agenda_and_documents_are_bound_once_and_a_new_one_makes_another() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    first = made(stage, meeting)
    assert made(stage, meeting, by=stage.head).pk == first.pk
    assert made(stage, meeting, "kk").pk != first.pk
    name, storage = str(first.file.name), first.file.storage
    put(meeting, pages(1))
    second = made(stage, meeting)
    assert second.pk != first.pk
    assert list(Pack.objects.filter(language="ru").values_list("pk", flat=True)) == [second.pk]
    assert (storage.exists(name), storage.exists(str(second.file.name))) == (
        True,
        True,
    )  # gone after the commit


def test_held_restricted_replaced_and_unsent_documents_are_in_no_pack() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    put(meeting, pages(1), title="Құпия", restricted_ground="Закон, ст. 1")
    late = put(meeting, pages(1), title="Кешіккен")
    late.dispatches.clear()
    Material.objects.filter(pk=late.pk).update(uploaded_at=MORNING)
    unsent = put(meeting, pages(1), title="Жіберілмеген")
    unsent.dispatches.clear()
    gone = put(meeting, pages(1), title="Қайтарылған")
    gone.withdrawn_at, gone.withdrawn_by = WEEK_BEFORE, stage.secretary.user
    gone.save()
    _version, packed = actions.sources_of(meeting, now=WEEK_BEFORE)
    assert [row.material.title for row in packed] == ["Анықтама"]


def test_there_is_no_pack_before_the_dispatch() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    with pytest.raises(Refused) as refusal:
        actions.ask_for_pack(meeting, language="kk", by=stage.secretary, now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "pack_not_sent"
    assert not Pack.objects.exists()


@pytest.mark.parametrize("role", ["agency", "controller", "analyst", "invited"])
def test_only_who_reads_materials_asks_for_a_pack(role: str) -> None:
    stage = scene.set_stage()
    meeting = sent(stage)
    person = scene.placed(stage, role, organisation=stage.organisations[4] if role == "agency" else None)
    with pytest.raises(Refused) as refusal:
        actions.ask_for_pack(meeting, language="kk", by=person, now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "not_your_role"


def test_another_staff_gets_no_pack() -> None:
    meeting = sent(scene.set_stage())
    other = scene.set_stage("other-staff")
    with pytest.raises(Refused) as refusal:
        actions.ask_for_pack(meeting, language="kk", by=other.head, now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "other_staff"


def test_a_pack_overtaken_by_a_new_document_is_not_made() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    asked = actions.ask_for_pack(meeting, language="kk", by=stage.member, now=WEEK_BEFORE)
    put(meeting, pages(1))
    assert actions.make_pack(asked.pk, now=WEEK_BEFORE) is False
    assert not Pack.objects.exists()


def test_a_failed_pack_says_so_and_is_made_at_the_next_try() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    material = Material.objects.get()
    kept = bytes_of(material)
    material.file.storage.delete(str(material.file.name))
    asked = actions.ask_for_pack(meeting, language="kk", by=stage.member, now=WEEK_BEFORE)
    assert actions.make_pack(asked.pk, now=WEEK_BEFORE) is False
    asked.refresh_from_db()
    assert (asked.state, asked.error) == (PackState.FAILED, "FileNotFoundError")
    material.file.storage.save(material.file.name, ContentFile(kept))
    assert made(stage, meeting, "kk").state == PackState.READY


def test_a_dead_worker_is_replaced_after_ten_minutes_and_not_before() -> None:
    stage = scene.set_stage()
    asked = actions.ask_for_pack(sent(stage, items=1), language="kk", by=stage.member, now=WEEK_BEFORE)
    Pack.objects.filter(pk=asked.pk).update(claimed_at=WEEK_BEFORE)
    assert actions.make_pack(asked.pk, now=WEEK_BEFORE + timedelta(minutes=9)) is False
    assert actions.make_pack(asked.pk, now=WEEK_BEFORE + timedelta(minutes=11)) is True
    assert actions.make_pack(asked.pk, now=WEEK_BEFORE + timedelta(minutes=30)) is False


@pytest.mark.parametrize(
    ("minutes", "claimed", "woken", "state"),
    [
        pytest.param(0.5, None, 0, "waiting", id="just asked for"),
        pytest.param(2, None, 1, "waiting", id="nobody heard of it"),
        pytest.param(5, 0, 0, "waiting", id="a worker is at it"),
        pytest.param(12, 0, 1, "waiting", id="its worker died"),
        pytest.param(61, None, 0, "failed", id="an hour"),
    ],
)
def test_the_sweep_wakes_for_what_was_forgotten(
    minutes: float, claimed: float | None, woken: int, state: str, broker_calls: list[str]
) -> None:
    stage = scene.set_stage()
    asked = actions.ask_for_pack(sent(stage, items=1), language="kk", by=stage.member, now=WEEK_BEFORE)
    if claimed is not None:
        Pack.objects.filter(pk=asked.pk).update(claimed_at=WEEK_BEFORE)
    actions.sweep_packs(now=WEEK_BEFORE + timedelta(minutes=minutes))
    asked.refresh_from_db()
    assert (len(broker_calls), asked.state) == (woken, state)


@pytest.fixture
def broker_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the broker, which is no part of this project."""
    calls: list[str] = []

    def send(name: str, **_rest: Any) -> None:
        calls.append(name)

    monkeypatch.setattr(current_app, "send_task", send)
    return calls


@pytest.mark.parametrize(
    ("title", "file_name", "name"),
    [
        pytest.param("Анықтама", "a.pdf", "01-анықтама.pdf", id="Kazakh letters"),
        pytest.param("../../etc/passwd", "x.pdf", "01-etcpasswd.pdf", id="folders"),
        pytest.param("CON\r\n: *?<>|\u202efdp", "x.PDF", "01-con-fdp.pdf", id="commands and turned text"),
        pytest.param("...", "x.docx", "01-document.docx", id="only dots"),
        pytest.param("ұ" * 300, "x.pdf", f"01-{'ұ' * 80}.pdf", id="long"),
    ],
)
def test_names_in_the_zip_are_safe(title: str, file_name: str, name: str) -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    Material.objects.update(title=title[:200], file_name=file_name)
    _version, packed = actions.sources_of(meeting, now=WEEK_BEFORE)
    assert list(archive.names_of(packed).values()) == [name]


def test_equal_titles_become_different_names() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    put(meeting, pages(1), title="АНЫҚТАМА")
    put(meeting, pages(1), title="анықтама")
    _version, packed = actions.sources_of(meeting, now=WEEK_BEFORE)
    names = list(archive.names_of(packed).values())
    assert names == ["01-анықтама.pdf", "01-анықтама-2.pdf", "01-анықтама-3.pdf"]


# Pages.


def today_stage() -> Stage:
    return scene.set_stage(today=timezone.localdate())


def page_of(meeting: Meeting, name: str = "meetings:pack") -> str:
    return meeting.address(name)


def test_the_reading_list_counts_what_was_read() -> None:
    stage = today_stage()
    meeting = sent(stage, items=3)
    client = scene.signed_in(stage.member)
    assert "Оқылғаны: 3 құжаттан 0" in _plain(client, meeting)
    material = Material.objects.order_by("pk")[0]
    MaterialReading.objects.create(material=material, user=stage.member.person, opened_at=WEEK_BEFORE)
    MaterialReading.objects.create(material=material, user=stage.head.person, opened_at=WEEK_BEFORE)
    assert "Оқылғаны: 3 құжаттан 1" in _plain(client, meeting)


def _plain(client: Client, meeting: Meeting) -> str:
    return client.get(page_of(meeting)).content.decode()


def test_the_whole_way_of_a_pack_through_the_pages() -> None:
    stage = today_stage()
    meeting = sent(stage, items=1)
    client = scene.signed_in(stage.member)
    assert client.get(page_of(meeting, "meetings:pack_pdf")).status_code == 302
    assert client.post(page_of(meeting, "meetings:pack_make")).status_code == 302
    page = _plain(client, meeting)
    assert ("hx-trigger" in page, "1 құжаттан 0 дайын" in page) == (True, True)
    pack = Pack.objects.get()
    actions.make_pack(pack.pk, now=timezone.now())
    page = _plain(client, meeting)
    assert ("hx-trigger" in page, page_of(meeting, "meetings:pack_pdf") in page) == (False, True)
    answer = client.get(page_of(meeting, "meetings:pack_pdf"))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="test-staff-{meeting.key}.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert MaterialReading.objects.filter(user=stage.member.user).count() == 1


def test_the_zip_holds_the_documents_and_an_index() -> None:
    stage = today_stage()
    meeting = sent(stage)
    answer = scene.signed_in(stage.member).get(page_of(meeting, "meetings:pack_zip"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archived:
        assert archived.namelist() == ["00-index.txt", "01-анықтама.pdf", "02-анықтама.pdf"]
        index = archived.read("00-index.txt").decode("utf-8-sig")
        assert archived.read("01-анықтама.pdf") == tiny_pdf()
    assert [line for line in index.splitlines() if line.startswith(("1.", "2."))] == [
        "1. 1-мәселе туралы",
        "2. 2-мәселе туралы",
    ]


def test_a_failed_pack_offers_another_try() -> None:
    stage = today_stage()
    meeting = sent(stage, items=1)
    client = scene.signed_in(stage.member)
    client.post(page_of(meeting, "meetings:pack_make"))
    Pack.objects.update(state=PackState.FAILED, error="x")
    assert "Қайталап көру" in _plain(client, meeting)
    client.post(page_of(meeting, "meetings:pack_make"))
    assert Pack.objects.get().state == PackState.WAITING


@pytest.mark.parametrize("who", ["member", "secretary"])
def test_the_reading_list_asks_the_database_the_same_for_any_number(who: str) -> None:
    counts = []
    for code, items in (("one-staff", 1), ("three-staff", 3)):
        stage = scene.set_stage(code, today=timezone.localdate())
        meeting = sent(stage, items=items)
        client = scene.signed_in(getattr(stage, who))
        client.get(page_of(meeting))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page_of(meeting))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_pack() -> None:
    stage = scene.set_stage()
    asked = actions.ask_for_pack(sent(stage, items=1), language="kk", by=stage.member, now=WEEK_BEFORE)
    calls: list[Callable[[], bool]] = [
        lambda: actions.make_pack(asked.pk, now=WEEK_BEFORE),
        lambda: actions.make_pack(asked.pk, now=WEEK_BEFORE + timedelta(seconds=1)),
    ]
    assert sorted(together(*calls)) == [False, True]
    assert Pack.objects.get().state == PackState.READY


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_pack() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    asked = together(
        *[lambda: actions.ask_for_pack(meeting, language="kk", by=stage.member, now=WEEK_BEFORE).pk] * 2
    )
    assert len(set(asked)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nothing_leads_to_is_deleted() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    first = made(stage, meeting)
    put(meeting, pages(1))
    second = made(stage, meeting)
    storage = first.file.storage
    assert (storage.exists(str(first.file.name)), storage.exists(str(second.file.name))) == (False, True)


def test_the_reading_list_of_a_cancelled_meeting_says_so() -> None:
    stage = today_stage()
    meeting = sent(stage, items=1)
    client = scene.signed_in(stage.member)
    before = "notice is-late" in _plain(client, meeting)
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    assert (before, "notice is-late" in _plain(client, meeting)) == (False, True)
