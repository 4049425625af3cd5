"""Changes of the demo's plan: a question that the head agreed to move, and an addition that waits for him."""

from datetime import date, timedelta

from meetings import actions
from meetings.models import JustificationNote, PlanItem
from meetings.states import Change, PlanState, Section
from staff_portal.demo.questions import LATER
from staff_portal.demo.scene import HEAD, Scene

MONTHS_LATER = 2
DEPUTY = 2
MOVED = LATER[-1]


def load(scene: Scene, *, today: date) -> None:
    """Let the head agree to one note and lay another before him, on the last working days before `today`."""
    if JustificationNote.objects.filter(staff=scene.staff).exists():
        return
    yesterday = today - timedelta(days=1)
    year, month = divmod(today.year * 12 + today.month - 1 + MONTHS_LATER, 12)
    rows = PlanItem.objects.filter(
        plan__staff=scene.staff, plan__state=PlanState.APPROVED, section=Section.QUESTIONS
    )
    row = rows.filter(question__title_ru=MOVED.title_ru).order_by("-pk").first()
    if row is not None:
        note = actions.prepare_note(
            kind=Change.MOVE,
            plan_item=row,
            to_year=year,
            to_month=month + 1,
            reason_kk="Ауылдық округтерден үйірмелер бойынша деректер толық түскен жоқ.",
            reason_ru="Данные сельских округов о кружках поступили не полностью.",
            effects_kk="Тоқсандағы отырыс өткізіледі, орындаушылар өзгермейді.",
            effects_ru="Заседание квартала состоится, исполнители не меняются.",
            by=scene.secretary,
            now=scene.before(yesterday, 8, "09:50"),
        )
        actions.decide_note(
            note,
            agree=True,
            reason="Толық деректерсіз қарауға ерте / Без полных данных рассматривать рано",
            by=scene.actor(HEAD),
            now=scene.before(yesterday, 8, "09:52"),
        )
    actions.prepare_note(
        kind=Change.ADD,
        title_kk="Мектеп маңындағы бейнебақылау туралы",
        title_ru="О видеонаблюдении у школ",
        agency=scene.people[3].seat.organisation,
        to_year=year,
        to_month=month + 1,
        reason_kk="Ата-аналардан өтініштер түсті, мәселе жоспарда жоқ.",
        reason_ru="Поступили обращения родителей, вопроса в плане нет.",
        by=scene.actor(DEPUTY),
        now=scene.before(yesterday, 8, "09:55"),
    )
