"""Facts of a protocol without a database: as `protocol_facts` returns them, as many items as a test wants."""

from typing import Any

NAMES = ("А. Үлгі", "Ә. Көрініс", "Б. Сызық", "Ғ. Сурет", "Д. Ұқсас", "Е. Бейне", "Ж. Нұсқа", "І. Өрнек")
OFFICES = {"kk": "Бөлім басшысы", "ru": "Руководитель отдела"}
TITLE = {
    "kk": "Ауданның мектептерінде алдын алу бағдарламаларының іске асырылуы туралы",
    "ru": "О реализации профилактических программ в школах района",
}


def both(kk: str, ru: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru}


def sample_facts(items: int = 1, opinions: int = 0, **changes: Any) -> dict[str, Any]:
    """Return facts of meeting № 4 of 2026 with 15 members, 12 of whom came."""
    members = [_member(number) for number in range(1, 16)]
    facts = {
        "format": 2,
        "index": "04-12/4",
        "number": 4,
        "year": 2026,
        "staff": {
            "code": "kostanay-audany",
            "name": both(
                "Қостанай ауданы әкімдігінің жанындағы ведомствоаралық штаб",
                "Межведомственный штаб при акимате Костанайского района",
            ),
            "body": both("Қостанай ауданының әкімдігі", "Акимат Костанайского района"),
            "working_body": both(
                "«Қостанай ауданы әкімінің аппараты» мемлекеттік мекемесі",
                "государственное учреждение «Аппарат акима Костанайского района»",
            ),
            "place": both("Тобыл қаласы", "город Тобыл"),
        },
        "meeting": {
            "kind": "regular",
            "urgent_ground": "",
            "mode": "mixed",
            "day": "2026-12-17",
            "place": both("Әкімдіктің үлкен залы", "Большой зал акимата"),
            "opened_at": "2026-12-17T15:00+05:00",
            "ended_at": "2026-12-17T16:20+05:00",
        },
        "chair": members[0] | {"is_head": True, "ground": ""},
        "secretary": {"name": "Г. Сынама", "office": both("Бас маман, Штаб хатшысы", "Главный специалист")},
        "counts": {"total": 15, "attended": 12, "quorum": 10},
        "members": members,
        "invited": [{"name": "Қ. Қонақ", "office": both("Мектеп директоры", "Директор школы")}],
        "items": [_item(order) for order in range(1, items + 1)],
        "opinions": [_opinion(1, number) for number in range(1, opinions + 1)],
        "journal": {"sequence": 48211, "hash": "5b0d81c2" * 8},
    }
    return facts | changes


def _member(number: int) -> dict[str, Any]:
    attended = number <= 12
    office = both("Қостанай ауданының әкімі, Штаб басшысы", "Аким Костанайского района, руководитель Штаба")
    return {
        "n": number,
        "name": f"{NAMES[number % len(NAMES)]}ов{number}",
        "office": office if number == 1 else OFFICES,
        "organisation": both(f"№ {number} мекеме", f"Учреждение № {number}"),
        "role": "head" if number == 1 else "member",
        "by_agreement": number > 10,
        "acting_order": "№ 12 бұйрық, 01.12.2026" if number == 3 else "",
        "attended": attended,
        "video": number == 2,
        "arrived_at": "2026-12-17T14:52+05:00" if attended else "",
        "left_at": "2026-12-17T16:00+05:00" if number == 12 else "",
        "reason": "" if attended else "іссапар / командировка",
    }


def _item(order: int) -> dict[str, Any]:
    return {
        "order": order,
        "title": TITLE,
        "speaker": both("Р. Бояу, бөлім басшысы", "Р. Бояу, руководитель отдела"),
        "agency": both("Білім бөлімі", "Отдел образования"),
        "heard": both(
            "Р. Бояу – бағдарламалар 34 мектепте жүргізілді, 12 мектепте сабақтар әлі басталған жоқ.",
            "Р. Бояу – программы прошли в 34 школах, в 12 школах занятия ещё не начаты.",
        ),
        "spoke": both("Ә. Көрініс – мерзімді қысқартуды ұсынды.", "Ә. Көрініс – предложил сократить срок."),
        "ballot": _ballot(),
        "points": [
            {
                "cited": f"{order}.1",
                "kind": "instruction",
                "text": both("Сабақтар барлық мектепте өткізілсін", "Провести занятия во всех школах"),
                "executor": both("Білім бөлімі", "Отдел образования"),
                "due_on": "2027-01-15",
                "is_standing": False,
            },
            {
                "cited": f"{order}.2",
                "kind": "recommendation",
                "text": both("Рейдтер ұйымдастырылсын", "Организовать рейды"),
                "executor": both("Полиция бөлімі", "Отдел полиции"),
                "due_on": "",
                "is_standing": True,
            },
        ],
    }


def _ballot(**changes: Any) -> dict[str, Any]:
    choices = ["for"] * 9 + ["against", "abstained", "none"] + ["absent"] * 3
    return {
        "text": both("Сабақтар барлық мектепте өткізілсін", "Провести занятия во всех школах"),
        "total": 15,
        "present": 12,
        "needed": 8,
        "for": 9,
        "against": 1,
        "abstained": 1,
        "adopted": True,
        "reason": "majority",
        "chair": "Ә. Көрінісов1",
        "chair_is_head": True,
        "chair_vote": "for",
        "votes": [
            {"n": number, "choice": choice, "by_hand": number == 5}
            for number, choice in enumerate(choices, 1)
        ],
    } | changes


def _opinion(order: int, number: int) -> dict[str, Any]:
    return {
        "order": order,
        "name": f"Д. Ұқсасов{number}",
        "office": OFFICES,
        "organisation": both("№ 4 мекеме", "Учреждение № 4"),
        "choice": "against",
        "text": "Қаражат жеткіліксіз.\nМерзім тым қысқа.",
        "proposal": "Мерзім 1 наурызға дейін ұзартылсын.",
        "filed_at": "2026-12-17T16:40+05:00",
    }
