"""No personal numbers in free text: what is found, what passes, and that every form looks."""

import inspect
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from meetings.models import AgendaItem, ChangeRequest, Meeting, WorkPlan
from members.fields import NO_PERSONAL_NUMBERS, FreeTextForm
from members.models import Composition, JournalEntry
from members.personal import holds_iin
from tests import stage as scene
from tests.real_worker import ROOT
from tests.stage import DAY

APPS = ("members", "meetings", "protocols", "kpi", "staff_portal")
IIN = "900101300123"
SHA256_DIGITS = 64
PLAIN = (forms.EmailField, forms.URLField, forms.UUIDField, forms.RegexField, forms.SlugField)


@pytest.mark.parametrize(
    "text",
    [
        IIN,
        "ЖСН 900101300123, туған күні жоқ",
        "ИИН:900101300123.",
        "900101 300123",
        "900101-300-123",
        "900101\u00a0300\u00a0123",
        "9001 0130 0123",
        "90 01 01 300123",
        "000229600123",
        "№960229400123",
        "９００１０１３００１２３",
        "٨٥٠١٠١٣٠٠١٢٣",
        "850101.300123",
        "850101/300123",
        "850101_300123",
        "850101,300123",
        "850101: 300123",
        "850101\n300123",
        "850101\r\n300123",
        "(850101)300123",
        "850101 3 00123",
        "850101-300-123",
        "250-101-300-123",
        "85 01 01 30 01 23",
        "85.01.01.300123",
        "8 5 0 1 0 1 3 0 0 1 2 3",
    ],
)
def test_what_looks_like_an_iin_is_found(text: str) -> None:
    assert holds_iin(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("150440012345", id="BIN of a legal entity"),
        pytest.param("150560012345", id="BIN of a branch"),
        pytest.param("900132300123", id="no such day"),
        pytest.param("970229300123", id="no leap year"),
        pytest.param("900101700123", id="no such century"),
        pytest.param("9001013001234", id="thirteen digits"),
        pytest.param("KZ86 125K ZT50 0410 0100", id="account"),
        pytest.param("150 415 300 000 теңге", id="sum"),
        pytest.param("8 (714) 254-00-00, 8 (705) 123-45-67", id="telephones"),
        pytest.param("17.12.2026, 10:00; 2026-12-17", id="dates"),
        pytest.param("№ 94-V, 21.05.2013", id="law"),
        pytest.param("250 101 300 123", id="sum that looks like a birthday"),
        pytest.param("250.101.300.123 теңге", id="sum with dots"),
        pytest.param("24.03.2022 № 242, 8 (714) 2 12", id="act and telephone"),
        pytest.param("25-01-01, 30-01-23", id="city telephones"),
        pytest.param("25-01-01 30-01-23 40-02-02", id="city telephones in a row"),
        pytest.param("+7 (7142) 50-12-34; +7 (7142) 50-12-35", id="telephones with a plus"),
        pytest.param("24.03.22, 25.03.22", id="short dates"),
        pytest.param("24.03.22-25.03.22", id="days from and until"),
        pytest.param("2025-11-17 10:30:45", id="moment"),
        pytest.param("10:11:12 13:14:15", id="times"),
        pytest.param("111201, 110003", id="postal codes"),
        pytest.param("10 11 12 13 14 15 16 17", id="numbers of seats"),
        pytest.param("1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 0, 1", id="list"),
        pytest.param("1 2 3 4 5 6 7 8 9 10 11 12", id="numbers in a row"),
        pytest.param("2022 2023 2024", id="years"),
        pytest.param("4405 6397 1234 5678", id="card"),
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert not holds_iin(text)


class Sample(FreeTextForm):
    text = forms.CharField(required=False)
    file = forms.FileField(required=False)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_reason_names_the_law(language: str) -> None:
    with translation.override(language):
        assert "№ 94-V" in str(NO_PERSONAL_NUMBERS)


@pytest.mark.parametrize("text", [IIN, "9001\u200b0130\u200b0123", "900101\u00ad300123"])
def test_a_form_refuses_it_and_keeps_what_was_typed(text: str) -> None:
    form = Sample({"text": text})
    assert form.errors == {"text": [str(NO_PERSONAL_NUMBERS)]}
    assert form["text"].value() == text


def test_the_name_of_a_file_counts() -> None:
    form = Sample({}, MultiValueDict({"file": [SimpleUploadedFile(f"{IIN}.pdf", scene.PDF)]}))
    assert form.errors == {"file": [str(NO_PERSONAL_NUMBERS)]}


# Every form


def forms_of_the_portal() -> list[type[forms.BaseForm]]:
    """Return every form class that our apps define, found by its file."""
    found = set()
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "forms.Form" in (text := path.read_text()) or "FreeTextForm" in text or "ModelForm" in text:
                module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                found |= {
                    each
                    for _name, each in inspect.getmembers(module, inspect.isclass)
                    if issubclass(each, forms.BaseForm) and each.__module__ == module.__name__
                }
    return sorted(found - {FreeTextForm}, key=lambda form: (form.__module__, form.__name__))


def is_free_text(field: forms.Field) -> bool:
    """Tell whether somebody types words here: no choice, no hidden key, no password, no address."""
    hidden = field.widget.is_hidden or isinstance(field.widget, forms.PasswordInput)
    return isinstance(field, forms.CharField) and not isinstance(field, PLAIN) and not hidden


FORMS = [form for form in forms_of_the_portal() if any(map(is_free_text, form.base_fields.values()))]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_form_with_free_text_is_checked(form: type[forms.BaseForm]) -> None:
    assert issubclass(form, FreeTextForm)


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_no_free_text_of_any_form_lets_an_iin_pass(form: type[forms.BaseForm]) -> None:
    stage = scene.set_stage()
    known: dict[str, Any] = {"staff": stage.staff, "today": DAY, "required": True, "deputies": []}
    known |= {"meeting": Meeting(staff=stage.staff, pk=1, day=DAY), "days_late": 1, "section": 1}
    known["plan"] = WorkPlan(staff=stage.staff, year=2027, half=1)
    known["request"] = ChangeRequest(kind="remove", author=stage.member.person)
    known |= {"quarters": [(2026, 3)], "now": scene.MORNING}
    known["version"] = Composition(staff=stage.staff)
    known["item"] = AgendaItem(pk=1)
    known["people"] = type(stage.secretary.person).objects.none()
    wanted = {
        name: known[name]
        for each in form.__mro__
        for name, parameter in inspect.signature(vars(each).get("__init__", object)).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name in known
        # What is optional is left out, but for the switch that brings a field in.
        if name == "required" or parameter.default is parameter.empty
    }
    if issubclass(form, AddWebAuthnForm):
        wanted["user"] = stage.secretary.person
    elif issubclass(form, EditWebAuthnForm):
        wanted["instance"] = Authenticator(type=Authenticator.Type.WEBAUTHN, data={"name": ""})
    empty = form(**wanted)
    names = sorted(name for name, field in empty.fields.items() if is_free_text(field))
    filled = form(dict.fromkeys(names, IIN), **wanted)
    refused = sorted(name for name in names if str(NO_PERSONAL_NUMBERS) in filled.errors.get(name, []))
    assert refused == names


@pytest.mark.django_db
def test_the_journal_holds_no_personal_number_and_no_text_of_documents() -> None:
    stage = scene.set_stage()
    scene.ended(stage)
    kept = [str(value) for entry in JournalEntry.objects.all() for value in entry.data.values()]
    assert [value for value in kept if len(value) != SHA256_DIGITS and holds_iin(value)] == []
    assert [value for value in kept if "провести мероприятие" in value] == []


# The note where somebody writes at length


@pytest.mark.django_db
def test_where_one_writes_at_length_the_note_stands_once() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    client = Client()
    client.force_login(stage.secretary.person)
    with translation.override("kk"):
        note = translation.gettext("No names of patients, suspects or minors here, and no IIN.")
    pages = [meeting.address("meetings:item_new"), meeting.address("meetings:item_edit", order=1)]
    assert [client.get(page).content.decode().count(note) for page in pages] == [1, 1]
