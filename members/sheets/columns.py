"""The columns of the sheets, in both languages: the same for the export, the templates and the import."""

from typing import NamedTuple

from members.sheets import values
from members.sheets.values import Read

SEATS, PEOPLE = "seats", "people"


class Column(NamedTuple):
    """A column: its code, its heading in both languages, its width in characters, how a cell is read."""

    code: str
    kk: str
    ru: str
    width: int
    read: Read

    @property
    def heading(self) -> str:
        return values.choice(self.kk, self.ru)

    def named(self, language: str) -> str:
        """Return the heading in one language."""
        return self.ru if language == "ru" else self.kk


ORDER = Column("order", "Реті", "Порядок", 9, values.number)
ACTING = (
    Column("acting_number", "М.а. бұйрығының №", "№ приказа об и. о.", 16, values.text(40, required=False)),
    Column("acting_date", "М.а. бұйрығының күні", "Дата приказа об и. о.", 16, values.day(required=False)),
)
NAME = Column("name", "Аты-жөні", "Фамилия, инициал", 24, values.person)
EMAIL = Column("email", "Электрондық пошта", "Электронная почта", 30, values.email)
SINCE = Column("since", "Қай күннен", "С какого дня", 14, values.day(required=True))
OF_SEATS = (
    ORDER,
    Column("role", "Рөлі", "Роль", 30, values.one_of(values.ROLES)),
    Column("office_kk", "Лауазымы (қаз.)", "Должность (каз.)", 44, values.text(400)),
    Column("office_ru", "Лауазымы (орыс.)", "Должность (рус.)", 44, values.text(400)),
    Column("organisation_kk", "Ұйымы (қаз.)", "Организация (каз.)", 44, values.text(400)),
    Column("organisation_ru", "Ұйымы (орыс.)", "Организация (рус.)", 44, values.text(400)),
    Column("by_agreement", "Келісім бойынша", "По согласованию", 16, values.yes_no),
    Column("consent_number", "Келісім хатының №", "№ письма о согласии", 16, values.text(40, required=False)),
    Column("consent_date", "Келісім хатының күні", "Дата письма о согласии", 16, values.day(required=False)),
    Column("votes", "Дауыс береді", "Голосует", 12, values.yes_no),
    Column("rank", "Лауазым деңгейі", "Уровень должности", 30, values.one_of(values.RANKS, default="")),
)
OF_PEOPLE = (ORDER, NAME, EMAIL, SINCE, *ACTING)
OF_KIND = {SEATS: OF_SEATS, PEOPLE: OF_PEOPLE}
EXPORTED = (*OF_SEATS, NAME, EMAIL, SINCE, *ACTING)
