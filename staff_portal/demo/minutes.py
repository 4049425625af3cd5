"""How the finished meeting of the demo went: who was there, the votes, the speeches, the points (data only).

Seats are named by their order in the act; {p5} in a text stands for the name of the person in seat 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from staff_portal.demo import questions
from staff_portal.demo.questions import PlannedQuestion

FOR, AGAINST, ABSTAINED = "for", "against", "abstained"

ON_VIDEO = (15, 16)
ABSENT = {
    6: "іссапар / командировка",
    9: "еңбекке жарамсыздық / нетрудоспособность",
    14: "еңбек демалысы / трудовой отпуск",
}
# Whose hand the secretary recorded, for want of a phone.
BY_HAND = 13


@dataclass(frozen=True)
class DemoPoint:
    """A point of a decision; `days` from the meeting to its term, None without one; `seat` executes it."""

    text_kk: str
    text_ru: str
    seat: int | None = None
    days: int | None = None
    is_standing: bool = False


@dataclass(frozen=True)
class Heard:
    """What was said about a question, how the seats voted (None: for information only), the points."""

    question: PlannedQuestion
    heard_kk: str
    heard_ru: str
    spoke_kk: str = ""
    spoke_ru: str = ""
    votes: Mapping[int, str] | None = None
    points: tuple[DemoPoint, ...] = ()


def _votes(in_favour: str, against: str = "", abstained: str = "") -> dict[int, str]:
    camps = ((FOR, in_favour), (AGAINST, against), (ABSTAINED, abstained))
    return {int(seat): choice for choice, seats in camps for seat in seats.split()}


MINUTES = (
    Heard(
        questions.SITUATION,
        "Ауданның есірткі ахуалы, анықталған құқық бұзушылықтар және профилактикалық шаралар "
        "баяндалды. Негізгі назар – интернет арқылы сатуға қарсы іс-қимыл мен жасөспірімдер арасындағы "
        "профилактика.",
        "О наркоситуации в районе, выявленных правонарушениях и профилактических мерах. Основное внимание – "
        "противодействию сбыту через интернет и профилактике среди подростков.",
        "{p5} – рейдтердің нәтижелерін тоқсан сайын салыстырып отыруды ұсынды.\n"
        "{p16} – сенім телефонының жұмысы туралы мәлімет берді.",
        "{p5} – предложение ежеквартально сравнивать результаты рейдов.\n"
        "{p16} – сведения о работе телефона доверия.",
        _votes("1 2 3 5 7 8 10 11 12 13 15 16"),
        (
            DemoPoint(
                "Полиция бөлімінің баяндамасы назарға алынсын.", "Доклад отдела полиции принять к сведению."
            ),
            DemoPoint(
                "Жасөспірімдер жиналатын орындарда бірлескен рейдтер тоқсан сайын өткізілсін.",
                "Ежеквартально проводить совместные рейды в местах скопления подростков.",
                seat=3,
                is_standing=True,
            ),
            DemoPoint(
                "Сенім телефоны туралы ақпарат барлық мектептер мен ауылдық клубтарда орналастырылсын.",
                "Разместить информацию о телефоне доверия во всех школах и сельских клубах.",
                seat=10,
                days=21,
            ),
        ),
    ),
    Heard(
        questions.FREE_SECTIONS,
        "Үш ауылдық округтегі спорт залдарының жай-күйі және секцияларға жазылғысы келетін балалардың "
        "өтініштері баяндалды.",
        "О состоянии спортивных залов трёх сельских округов и заявках детей, желающих заниматься в секциях.",
        "{p11} – ағымдағы жылғы бюджетте бұл шығыстар көзделмегенін хабарлады.\n"
        "{p12} – жастардың сұранысы бар екенін айтты.",
        "{p11} – в бюджете текущего года эти расходы не предусмотрены.\n"
        "{p12} – запрос со стороны молодёжи есть.",
        _votes("1 2 8 10 12 16", against="3 5 7 11 13 15"),
        (
            DemoPoint(
                "Үш ауылдық округте тегін спорт секциялары ашылсын.",
                "Открыть бесплатные спортивные секции в трёх сельских округах.",
                seat=8,
                days=60,
            ),
            DemoPoint(
                "Қажетті қаражат аудан бюджетін нақтылау кезінде қарастырылсын.",
                "Рассмотреть необходимые средства при уточнении бюджета района.",
                seat=11,
                days=45,
            ),
        ),
    ),
    Heard(
        questions.SCHOOL_MODULES,
        "Профилактика модульдері кестесінің жобасы баяндалды.",
        "О проекте единого графика модулей профилактики.",
        "{p7} – кестені мектептердің жүктемесімен келісіп алуды ұсынды.",
        "{p7} – предложение сначала согласовать график с нагрузкой школ.",
        _votes("1 2 8 10 12 13 16", against="5 7 11", abstained="3 15"),
    ),
    Heard(
        questions.GRAFFITI,
        "Табылған және жойылған граффити, бұғаттауға жіберілген сілтемелер туралы баяндалды.",
        "О найденных и устранённых граффити и о ссылках, направленных на блокировку.",
        "{p11} – жою жұмыстарының қаржыландыру көзін көрсетуді сұрады.",
        "{p11} – просьба указать источник финансирования работ по устранению.",
        _votes("1 2 3 5 7 8 10 13 16", against="11 12", abstained="15"),
        (
            DemoPoint(
                "Табылған граффити бес жұмыс күні ішінде жойылсын.",
                "Устранять найденные граффити в течение пяти рабочих дней.",
                seat=10,
                is_standing=True,
            ),
            DemoPoint(
                "Табылған сілтемелер бұғаттау үшін уәкілетті органға жіберілсін.",
                "Направлять найденные ссылки в уполномоченный орган для блокировки.",
                seat=3,
                days=28,
            ),
            DemoPoint(
                "Еріктілердің айлық рейдтері ұйымдастырылсын.",
                "Организовать ежемесячные рейды волонтёров.",
                seat=12,
                days=40,
            ),
        ),
    ),
    Heard(
        questions.PLAN_PROPOSALS,
        "Мүшелерден түскен ұсыныстар туралы ақпарат тыңдалды.",
        "Информация о поступивших предложениях членов Штаба.",
    ),
)


@dataclass(frozen=True)
class DemoOpinion:
    """A dissenting opinion: whose, about which question, in the author's words."""

    seat: int
    question: PlannedQuestion
    text: str
    proposal: str


OPINION = DemoOpinion(
    11,
    questions.GRAFFITI,
    "Граффитиді жою шығыстарының көзі көрсетілмеген. Қаражатсыз белгіленген мерзім орындалмайды деп "
    "есептеймін.",
    "Мерзім қаражат бөлінгеннен кейін белгіленсін.",
)
