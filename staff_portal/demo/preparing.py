"""Everything before a demo meeting: its questions, agenda and materials, through the real actions."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.template.loader import render_to_string

from meetings import actions
from meetings.models import AgendaItem, Meeting, Question
from meetings.months import half_of
from meetings.states import Kind, MaterialLanguage, Mode
from members.models import Organisation
from staff_portal.demo.questions import PlannedQuestion
from staff_portal.demo.scene import Scene

HALL_KK = "Аудан әкімдігінің мәжіліс залы, Тобыл қаласы"
HALL_RU = "зал заседаний акимата района, город Тобыл"
STARTS_AT = time(15)
NOTE_LAYOUT = """
@page { size: A4; margin: 20mm 10mm 20mm 25mm }
body { font: 14pt/1.4 "Times New Roman", "Liberation Serif", "Noto Serif", serif }
h1 { font-size: 14pt; text-align: center; margin: 12mm 0 6mm }
p { margin: 0 0 3mm; text-align: justify }
"""
VIDEO_LINK = "https://video.demo.kostanay.example/shtab"


def plan(scene: Scene, questions: Iterable[PlannedQuestion], day: date) -> list[Question]:
    """Return the questions for `day`, made where they are new or belong to the plan of another half-year."""
    return [_question(scene, question, day) for question in questions]


def _question(scene: Scene, planned: PlannedQuestion, day: date) -> Question:
    known = Question.objects.filter(staff=scene.staff, title_kk=planned.title_kk).order_by("pk")
    year, half = half_of(day)
    row = Q(plan_items__plan__year=year, plan_items__plan__half=half)
    return known.filter(row | Q(plan_items=None)).first() or Question.objects.create(
        staff=scene.staff, title_kk=planned.title_kk, title_ru=planned.title_ru
    )


def convene(
    scene: Scene, questions: tuple[PlannedQuestion, ...], day: date, *, called_at: datetime, sent_at: datetime
) -> Meeting:
    """Schedule a regular meeting on `day` with an agenda of `questions`.

    The agencies whose material has a text send it at `sent_at`; the others owe theirs.
    """
    meeting = actions.schedule(
        scene.staff,
        kind=Kind.REGULAR,
        day=day,
        starts_at=STARTS_AT,
        place_kk=HALL_KK,
        place_ru=HALL_RU,
        mode=Mode.MIXED,
        link=VIDEO_LINK,
        by=scene.secretary,
        now=called_at,
    )
    planned = list(zip(questions, plan(scene, questions, day), strict=True))
    items = [_put_on_agenda(scene, meeting, *pair, now=called_at) for pair in planned]
    for question, item in zip(questions, items, strict=True):
        if question.material_kk:
            _bring(scene, question, item, now=sent_at)
    return meeting


def _put_on_agenda(
    scene: Scene, meeting: Meeting, planned: PlannedQuestion, question: Question, *, now: datetime
) -> AgendaItem:
    speaker = scene.people[planned.seat]
    seat = speaker.seat
    return actions.add_item(
        meeting,
        question=question,
        agency=seat.organisation,
        speaker_kk=f"{seat.office_kk}, {speaker.user.name}",
        speaker_ru=f"{seat.office_ru}, {speaker.user.name}",
        minutes=planned.minutes,
        points=planned.points,
        by=scene.secretary,
        now=now,
    )


def _bring(scene: Scene, question: PlannedQuestion, item: AgendaItem, *, now: datetime) -> None:
    actions.attach_material(
        item,
        upload=note(question, item.agency),
        owed=item.owed.get(),
        title="Анықтама / Справка",
        language=MaterialLanguage.BOTH,
        by=scene.secretary,
        now=now,
    )


def note(question: PlannedQuestion, agency: Organisation) -> SimpleUploadedFile:
    """Return the material of a question as its agency would send it: a one-page PDF in both languages."""
    # Imported here: only the demo and the worker need the PDF engine.
    from weasyprint import CSS, HTML

    page = render_to_string("demo/material.html", {"question": question, "agency": agency})
    content = HTML(string=page).write_pdf(stylesheets=[CSS(string=NOTE_LAYOUT)])
    return SimpleUploadedFile(f"anyqtama-{question.seat}.pdf", content, content_type="application/pdf")
