"""The half-year plans of the demo: one approved and sent, with the demo's questions; one being collected."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meetings import actions
from meetings.models import Question, WorkPlan
from meetings.months import half_after, half_of
from meetings.states import QuestionKind, Section
from staff_portal.demo.questions import COMING, HELD, LATER, PLAN_PROPOSALS, PlannedQuestion
from staff_portal.demo.scene import HEAD, Scene, moment

CONTROL_KK = (
    "Хаттамалық шешімдердің орындалуы тоқсан сайын жинақталып, Штаб отырысында қаралады.\n"
    "Мерзімі өткен тармақтар бойынша жауапты органның баяндамасы тыңдалады."
)
CONTROL_RU = (
    "Исполнение протокольных решений сводится ежеквартально и рассматривается на заседании Штаба.\n"
    "По просроченным пунктам заслушивается доклад ответственного органа."
)
EXPECTED = ("Хаттамалық шешім", "Протокольное решение")
AGREED = (2, 3, 5, 7, 8, 10, 11, 13, 15, 16)
REMARKS_OF = 12
REMARKS = "2.2-тармақта науқанның мерзімі нақтылансын. / В пункте 2.2 уточнить срок кампании."
UNREAD = (5, 13)


@dataclass(frozen=True)
class DemoMeasure:
    """A measure between meetings: the seat whose organisation carries it out, the month of the half."""

    seat: int
    title_kk: str
    title_ru: str
    completion_kk: str
    completion_ru: str
    month: int
    indicator: int | None = None


@dataclass(frozen=True)
class DemoProposal:
    """What the holder of a seat proposes for a month of the half."""

    seat: int
    title_kk: str
    title_ru: str
    expected_kk: str
    expected_ru: str
    month: int
    indicator: int | None = None


MEASURES = (
    DemoMeasure(
        3,
        "Жасөспірімдер жиналатын орындарда бірлескен рейдтер өткізу",
        "Провести совместные рейды в местах скопления подростков",
        "рейд қорытындысы туралы анықтама",
        "справка об итогах рейдов",
        2,
        8,
    ),
    DemoMeasure(
        13,
        "Мектептерде «нөлдік төзімділік» ақпараттық науқанын өткізу",
        "Провести в школах информационную кампанию «нулевая терпимость»",
        "науқан қорытындысы туралы ақпарат",
        "информация об итогах кампании",
        4,
        2,
    ),
    DemoMeasure(
        8,
        "Есірткіге қарсы спорттық акция ұйымдастыру",
        "Организовать спортивную антинаркотическую акцию",
        "қатысушылар саны көрсетілген есеп",
        "отчёт с числом участников",
        6,
        3,
    ),
)
PROPOSALS = (
    DemoProposal(
        3,
        "Электрондық темекі мен синтетикалық заттардың таралуына қарсы шаралар туралы",
        "О мерах против распространения электронных сигарет и синтетических веществ",
        "бірлескен шаралар жоспары",
        "план совместных мер",
        2,
        8,
    ),
    DemoProposal(
        13,
        "Мектеп психологтарының біліктілігін арттыру туралы",
        "О повышении квалификации школьных психологов",
        "оқыту кестесі",
        "график обучения",
        3,
        12,
    ),
    DemoProposal(
        16,
        "Ерте анықтау және кеңес беру кабинеттерінің жұмысы туралы",
        "О работе кабинетов раннего выявления и консультирования",
        "ұсынымдар тізбесі",
        "перечень рекомендаций",
        4,
        4,
    ),
    DemoProposal(
        8,
        "Жазғы демалыс кезіндегі аула клубтары туралы",
        "О дворовых клубах в период летнего отдыха",
        "клубтар тізімі мен кестесі",
        "перечень и график клубов",
        6,
        1,
    ),
)


def load_current(scene: Scene, *, held_on: date, coming_on: date, today: date) -> None:
    """Approve and send the plan of the half-year of `today`, unless the Staff has plans already.

    Every act happened before the half-year began. The questions of the meetings on `held_on` and `coming_on`
    stand in it where these days are in it.
    """
    if WorkPlan.objects.filter(staff=scene.staff).exists():
        return
    year, half = half_of(today)
    plan = actions.make_plan(
        scene.staff, year=year, half=half, by=scene.secretary, now=_before(scene, year, half, 60, "10:00")
    )
    groups = {held_on: HELD, coming_on: COMING, plan.last_day: LATER}
    for day, questions in groups.items():
        if half_of(day) == (year, half):
            for planned in questions:
                _question(scene, plan, planned, day.month, _before(scene, year, half, 25, "11:00"))
    _measures(scene, plan, now=_before(scene, year, half, 25, "11:00"))
    _agree(scene, plan)


def _before(scene: Scene, year: int, half: int, days: int, clock: str) -> datetime:
    return scene.before(date(year, 1 if half == 1 else 7, 1), days, clock)


def _agree(scene: Scene, plan: WorkPlan) -> None:
    """Bring the plan from the agreement sheet to the proof of its sending."""
    secretary, head, first = scene.secretary, scene.actor(HEAD), plan.first_day
    due = scene.working(first - timedelta(days=14))
    version = actions.send_for_agreement(plan, due=due, by=secretary, now=scene.before(first, 21, "12:00"))
    for seat in sorted(AGREED, key=lambda seat: seat % 8):
        agreed_at = scene.before(first, 17, f"{9 + seat % 8:02}:20")
        actions.agree(version, agreed=True, by=scene.actor(seat), now=agreed_at)
    actions.agree(
        version,
        agreed=False,
        remarks=REMARKS,
        by=scene.actor(REMARKS_OF),
        now=scene.before(first, 16, "17:40"),
    )
    version = actions.submit_plan(version, early=True, by=secretary, now=scene.before(first, 13, "17:45"))
    actions.approve_plan(version, seen=version.sha256, by=head, now=scene.before(first, 12, "17:50"))
    sent_at = scene.before(first, 11, "17:55")
    actions.dispatch_plan(plan, by=secretary, now=sent_at)
    for seat, holder in scene.people.items():
        if seat not in UNREAD:
            actions.note_plan_opening(plan, holder.user, now=sent_at + timedelta(minutes=17 * seat))


def _measures(scene: Scene, plan: WorkPlan, *, now: datetime) -> None:
    """Write sections 2 and 3."""
    for measure in MEASURES:
        actions.add_plan_row(
            plan,
            section=Section.MEASURES,
            title_kk=measure.title_kk,
            title_ru=measure.title_ru,
            completion_kk=measure.completion_kk,
            completion_ru=measure.completion_ru,
            month=plan.first_month + measure.month - 1,
            indicator=measure.indicator,
            agency=scene.people[measure.seat].seat.organisation,
            by=scene.secretary,
            now=now,
        )
    texts = {"control_kk": CONTROL_KK, "control_ru": CONTROL_RU}
    actions.set_control(plan, seen=actions.control_hash(plan), by=scene.secretary, now=now, **texts)


def _question(scene: Scene, plan: WorkPlan, planned: PlannedQuestion, month: int, now: datetime) -> None:
    holder = scene.people[planned.seat]
    known = Question.objects.filter(staff=scene.staff, title_kk=planned.title_kk).order_by("pk").first()
    actions.add_plan_row(
        plan,
        section=Section.QUESTIONS,
        question=known,
        title_kk=planned.title_kk,
        title_ru=planned.title_ru,
        kind=QuestionKind.INFORMATION if planned is PLAN_PROPOSALS else QuestionKind.DECISION,
        month=month,
        agency=holder.seat.organisation,
        speaker_kk=f"{holder.seat.office_kk}, {holder.user.name}",
        speaker_ru=f"{holder.seat.office_ru}, {holder.user.name}",
        expected_kk=EXPECTED[0],
        expected_ru=EXPECTED[1],
        by=scene.secretary,
        now=now,
    )


def load_next(scene: Scene, *, today: date) -> None:
    """Ask for proposals for the next half-year on the last working day before `today`; four have come."""
    year, half = half_after(*half_of(today))
    if WorkPlan.objects.filter(staff=scene.staff, year=year, half=half).exists():
        return
    yesterday = scene.working(today - timedelta(days=1))
    plan = actions.make_plan(
        scene.staff, year=year, half=half, by=scene.secretary, now=moment(yesterday, "11:20")
    )
    due = scene.next_working(today + timedelta(days=8))
    actions.call_for_proposals(plan, due=due, by=scene.secretary, now=moment(yesterday, "11:25"))
    made = []
    for number, row in enumerate(PROPOSALS):
        holder = scene.people[row.seat]
        made.append(
            actions.propose(
                plan,
                title_kk=row.title_kk,
                title_ru=row.title_ru,
                expected_kk=row.expected_kk,
                expected_ru=row.expected_ru,
                speaker_kk=holder.seat.office_kk,
                speaker_ru=holder.seat.office_ru,
                month=plan.first_month + row.month - 1,
                indicator=row.indicator,
                by=scene.actor(row.seat),
                now=moment(yesterday, f"{12 + number}:25"),
            )
        )
    actions.accept_proposal(made[0], by=scene.secretary, now=moment(yesterday, "16:10"))
