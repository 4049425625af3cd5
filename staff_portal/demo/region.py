"""The second Staff of the demo, above the district: invented throughout, so that the separation is seen.

That there is a regional Staff the regulation itself says (clauses 2 and 3); who sits in it is invented here.
"""

from datetime import date, time, timedelta
from pathlib import Path

from django.db import transaction

from meetings import actions
from meetings.models import Meeting, Question
from meetings.states import Kind, Mode
from members.models import Staff
from staff_portal.demo.composition import load_versions
from staff_portal.demo.people import load_people
from staff_portal.demo.questions import points_of
from staff_portal.demo.scene import Scene, scene_of

CODE = "kostanay-region"
SEATS_FILE = Path(__file__).with_name("region_composition.csv")
PEOPLE_FILE = Path(__file__).with_name("region_people.csv")
STAFF = {
    "name_kk": "Қостанай облысы әкімдігінің жанындағы нашақорлықтың алдын алу және есірткі қылмысына қарсы "
    "іс-қимыл жөніндегі мемлекеттік органдардың қызметін үйлестіру жөніндегі өңірлік штаб",
    "name_ru": "Региональный штаб при акимате Костанайской области по координации деятельности "
    "государственных органов по профилактике наркомании и противодействию наркопреступности",
    "body_kk": "Қостанай облысының әкімдігі",
    "body_ru": "Акимат Костанайской области",
    "working_body_kk": "Қостанай облысы әкімінің аппараты",
    "working_body_ru": "Аппарат акима Костанайской области",
    "place_kk": "Қостанай қаласы",
    "place_ru": "город Костанай",
    "file_index": "02-07",
}
MEETS_IN_DAYS = 20
# The seat that prepares it, and its titles.
QUESTIONS = (
    (
        3,
        "Аудандық штабтардың тоқсандық жұмысы туралы",
        "О работе районных штабов за квартал",
    ),
    (
        10,
        "Облыста психикалық денсаулық көмегінің қолжетімділігі туралы",
        "О доступности помощи в области психического здоровья в регионе",
    ),
)


@transaction.atomic
def load_region(district: Staff, *, today: date) -> Staff:
    """Create the regional Staff above `district` with its people and a planned meeting; return it.

    What is there stays. A demo left alone for weeks gets a new planned meeting.
    """
    region, _ = Staff.objects.get_or_create(code=CODE, defaults=STAFF)
    if district.parent_id is None:
        district.parent = region
        district.save()
    load_versions(region, SEATS_FILE)
    load_people(region, PEOPLE_FILE)
    scene = scene_of(region, today=today)
    if not Meeting.objects.filter(staff=region).upcoming().filter(day__gte=today).exists():
        _plan(scene, today)
    return region


def _plan(scene: Scene, today: date) -> None:
    called_at = scene.before(today - timedelta(days=1), 3, "09:30")
    day = scene.next_working(today + timedelta(days=MEETS_IN_DAYS))
    meeting = actions.schedule(
        scene.staff,
        kind=Kind.REGULAR,
        day=day,
        starts_at=time(11),
        place_kk="Облыс әкімдігінің мәжіліс залы, Қостанай қаласы",
        place_ru="зал заседаний акимата области, город Костанай",
        mode=Mode.ROOM,
        by=scene.secretary,
        now=called_at,
    )
    for seat, title_kk, title_ru in QUESTIONS:
        speaker = scene.people[seat]
        question, _ = Question.objects.get_or_create(
            staff=scene.staff,
            title_kk=title_kk,
            defaults={"title_ru": title_ru},
        )
        actions.add_item(
            meeting,
            question=question,
            agency=speaker.seat.organisation,
            speaker_kk=f"{speaker.seat.office_kk}, {speaker.user.name}",
            speaker_ru=f"{speaker.seat.office_ru}, {speaker.user.name}",
            minutes=15,
            points=points_of("1. Ақпарат назарға алынсын.", "1. Информацию принять к сведению."),
            by=scene.secretary,
            now=called_at,
        )
