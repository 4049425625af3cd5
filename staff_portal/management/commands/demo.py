from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from staff_portal.demo.composition import load_composition
from staff_portal.demo.loading import load
from staff_portal.demo.people import SHARED_WORDS, accounts

ROLES = {
    "head": "Штаб басшысы / руководитель Штаба",
    "deputy_head": "басшының орынбасары / заместитель руководителя",
    "secretary": "Штаб хатшысы / секретарь Штаба",
    "member": "Штаб мүшесі / член Штаба",
    "controller": "жұмыс органының бақылаушысы / контролёр рабочего органа",
    "agency": "орган қызметкері / сотрудник органа",
    "analyst": "талдаушы / аналитик",
    "auditor": "аудитор / аудитор",
    "invited": "шақырылған адам / приглашённый",
}
TO_TRY = """
Нені көруге болады
 1. Хатшы: жақын отырыстың күн тәртібі басшыда, кейбір материалдар әлі келмеген.
    Басшы күн тәртібін бекітеді, хатшы оны материалдармен бірге таратады.
 2. Бүкіл жол бірнеше минутта: хатшы бүгінге шұғыл отырыс тағайындайды, мәселе қосады,
    күн тәртібін басшыға жібереді; басшы бекітеді.
 3. Хатшы тіркеуді бастайды, кемінде 10 мүшені белгілейді, отырысты және дауыс беруді ашады.
 4. Мүше телефоннан: «Мен отырыстамын», дауыс беру, түбіртек, ерекше пікір.
 5. Хатшы отырысты аяқтап, хаттаманы толықтырады; басшы PDF-ті оқып, құпиясөзін растап қол қояды.

Что попробовать
 1. Секретарь: повестка ближайшего заседания у руководителя, часть материалов ещё не внесена.
    Руководитель утверждает повестку, секретарь рассылает её с материалами.
 2. Весь путь за несколько минут: секретарь назначает на сегодня срочное заседание, добавляет вопрос,
    направляет повестку руководителю; руководитель утверждает.
 3. Секретарь начинает регистрацию, отмечает не менее 10 членов, открывает заседание и голосование.
 4. Член Штаба с телефона: «Я на заседании», голосование, квитанция, особое мнение.
 5. Секретарь завершает заседание и дополняет протокол; руководитель читает PDF и подписывает,
    подтвердив пароль.
"""


class Command(BaseCommand):
    help = "Load the demo: the composition of the regulation, invented people, meetings around today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--composition-only",
            action="store_true",
            help="only the Staff, its act and seats, without people",
        )
        parser.add_argument("--accounts", action="store_true", help="load nothing, print the demo accounts")

    def handle(self, *_args: Any, composition_only: bool, accounts: bool, **_options: Any) -> None:
        """Load what is missing and say how to go on. Raises CommandError outside the demo."""
        if composition_only:
            staff = load_composition()
            self.stdout.write(f"Staff {staff.code}: {staff.name_kk}")
            return
        if not settings.DEMO:
            raise CommandError(
                "The demo brings invented people and open accounts, so it needs DEMO=1. "
                "A real portal takes the Staff alone: manage.py demo --composition-only."
            )
        if not accounts:
            load(now=timezone.now())
        self._print_accounts()
        if not accounts:
            self.stdout.write(TO_TRY)

    def _print_accounts(self) -> None:
        people = accounts(today=timezone.localdate())
        if not people:
            raise CommandError("There are no demo accounts yet: run manage.py demo.")
        self.stdout.write(f"\n{settings.PORTAL_URL}\n")
        for staff, of_staff in groupby(people, key=attrgetter("staff")):
            self.stdout.write(f"\n {staff.body_kk} / {staff.body_ru}")
            for account in of_staff:
                self.stdout.write(f"  {account.user.email:<40} {account.user.name:<12} {ROLES[account.role]}")
        self.stdout.write(f"\n  Барлығының құпиясөзі / пароль у всех: {SHARED_WORDS}")
