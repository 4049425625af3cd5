"""The people of a walk through a whole preparation, and what the pages say to them in both languages."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser

from members.permissions import Actor
from tests import stage as scene
from tests.browser.people import Person, person
from tests.stage import Stage

HOME = "/test-staff/"
SAID = {
    "proposed": ("Ұсынысыңыз хатшыда.", "Ваше предложение у секретаря."),
    "plan approved": ("Жоспар бекітілді.", "План утверждён."),
    "scheduled": ("Отырыс тағайындалды, мүшелерге хабарланды.", "Заседание назначено, члены извещены."),
    "note agreed": ("Сіз келістіңіз. Өзгеріс енгізілді", "Вы согласились. Изменение внесено"),
    "in time": ("мерзімінде Құжат қабылданды", "в срок Документ принят"),
    "late": ("кешікті 3 күн Құжат қабылданды", "опоздание на 3 дня Документ принят"),
    "returned": ("Күн тәртібі ескертуіңізбен қайтарылды.", "Повестка возвращена с вашим замечанием."),
    "blocked": ("2-мәселе кешікті. Алдымен басшы шешеді", "Вопрос 2 опаздывает. Сначала решает"),
    "changed": ("1-нұсқадан бергі өзгерістер", "Изменения после версии 1"),
    "what changed": ("Минут: 10 → 15", "10 → 15"),
    "admitted": ("Мәселе қалды.", "Вопрос остаётся."),
    "approved": ("Күн тәртібі бекітілді.", "Повестка утверждена."),
    "announce late": ("Әлі де хабарлауға болады", "Объявить заседание ещё можно"),
    "announced": ("Отырыс туралы жұртшылыққа хабарланды", "Заседание объявлено публично"),
    "first question": ("Жол жөндеу туралы", "О ремонте дорог"),
    "second question": ("Су тасқынына дайындық туралы", "О подготовке к паводку"),
    "first letter": ("Күн тәртібі мен материалдар дайын.", "Повестка и материалы готовы к чтению."),
    "dispatch late": ("Мерзім 1 күн бұрын өтті.", "Срок пропущен на 1 день."),
    "nothing read": ("Оқылғаны: 3 құжаттан 0", "Прочитано 0 из 3"),
    "two read": ("Оқылғаны: 3 құжаттан 2", "Прочитано 2 из 3"),
    "pack ready": ("дайын", "готово"),
    "answered": ("Бейнебайланыс арқылы қатысамын", "Буду по видеосвязи"),
    "only the question": ("Тек мәселенің өзі ашық.", "Открыт только сам вопрос."),
    "six steps": ("9 қадамның 6 орындалды", "готово 6 из 9"),
    "forecast": ("Растағаны: 1, қажеті: 10", "Подтвердили 1 из 10 нужных"),
    "unopened": ("Ашпағандар: 16 адамнан 14", "Не открыли: 14 из 16"),
    "opened": ("3 құжаттан 3", "3 из 3"),
}


class Walk:
    """The Staff, the people at their browsers and the language of a walk."""

    def __init__(self, browser: Browser, address: str, language: str) -> None:
        self.browser, self.address, self.language = browser, address, language
        self.today = timezone.localdate()
        self.day = self.today + timedelta(days=2)
        self.base = f"{HOME}meetings/{self.day}/"
        self.stage: Stage = scene.set_stage(today=self.today)
        self.people: list[Person] = []

    def enter(self, actor: Actor, name: str) -> Person:
        """Return `actor` signed in: the secretary at a desktop, everybody else with a phone."""
        phone = actor != self.stage.secretary
        someone = person(self.browser, self.address, actor, language=self.language, phone=phone)
        someone.name = f"{self.language}-{name}"
        self.people.append(someone)
        return someone

    def says(self, someone: Person, what: str) -> None:
        """Check that the page says the sentence known as `what` in the language of the walk."""
        sentence = SAID[what][self.language == "ru"]
        assert sentence in " ".join(someone.page.locator("body").inner_text().split()), sentence

    def leave(self) -> None:
        """Check that no page had a mistake, and close the browsers."""
        assert [mistake for someone in self.people for mistake in someone.mistakes] == []
        for someone in self.people:
            someone.page.context.close()
        self.people.clear()
