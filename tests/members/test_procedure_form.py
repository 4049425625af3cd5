"""The parameters of the regulation in words, in a form, approved by an act (clause 11)."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from members import facts, parameters
from members.actions import procedure as actions
from members.actions import versions
from members.forms.procedure import ProcedureForm
from members.models import JournalEntry, Regulation
from regulation.clauses import CLAUSES
from regulation.procedure import VOCABULARIES, Procedure
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import DAY, MORNING, Stage

HOME = "/test-staff/regulation"
NEXT = date(2027, 1, 1)
TYPED: dict[str, Any] = {
    "regular_period": "quarter",
    "regular_meetings": "1",
    "initiative": "1/2",
    "adoption": "total",
    "tie": "chair",
    "protocol_signers": "head",
    "plan_period": "half_year",
    "languages": ["kk", "ru"],
    "announcement_working_days": "3",
    "quorum": "2/3",
    "agenda_approver": "head_or_acting",
    "materials_days": "5",
    "materials_unit": "calendar",
    "materials_roll": "none",
    "late_materials": "hold",
    "protocol_days": "1",
    "protocol_roll": "next",
    "circulation_days": "3",
    "annual_report_due": "15.02",
    "action_min_participants": "250",
}


def draft(stage: Stage) -> Regulation:
    version = actions.start_regulation(stage.staff, by=stage.secretary, now=MORNING, today=DAY)
    act: dict[str, Any] = {"act_number": "8", "act_date": DAY, "in_force_from": NEXT}
    return versions.edit_act(version, **act, by=stage.secretary, now=MORNING)


def set_(stage: Stage, version: Regulation, **values: object) -> Regulation:
    seen = facts.body_hash(Regulation.objects.get(pk=version.pk))
    return actions.set_parameters(version, seen=seen, parameters=values, by=stage.secretary, now=MORNING)


def approve(stage: Stage, version: Regulation) -> Regulation:
    seen = facts.content_hash(version)
    return actions.approve_regulation(version, seen=seen, by=stage.secretary, now=MORNING)


@pytest.fixture
def stage(db: None) -> Stage:
    return scene.set_stage()


@pytest.fixture
def secretary(stage: Stage) -> Client:
    return scene.signed_in(stage.secretary)


# Words


def test_every_parameter_has_a_name_and_a_clause() -> None:
    assert set(parameters.PARAMETERS) == {field.name for field in fields(Procedure)}
    assert {clause for clause, _label in parameters.PARAMETERS.values()} - set(CLAUSES) == set()


def test_every_choice_has_its_words() -> None:
    missing = {
        (name, code)
        for name, codes in VOCABULARIES.items()
        for code in codes
        if code not in parameters.OPTIONS[name]
    }
    assert missing == set()


def test_what_departs_is_marked() -> None:
    found = parameters.in_words(Procedure(quorum=Fraction(3, 4), protocol_days=2))
    departing = [(each.name, each.clause, each.value, each.default) for each in found if each.departs]
    assert departing == [("quorum", "20", "3/4", "2/3"), ("protocol_days", "23", "2", "1")]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_two_choices_of_a_parameter_read_the_same(language: str) -> None:
    with translation.override(language):
        doubled = [
            name
            for name, words in parameters.OPTIONS.items()
            if len({str(word) for word in words.values()}) != len(words)
        ]
    assert doubled == []


# The form


def form(**typed: Any) -> ProcedureForm:
    return ProcedureForm(TYPED | typed, procedure=Procedure())


def test_what_stands_in_the_form_is_the_procedure() -> None:
    shown = ProcedureForm(procedure=Procedure(quorum="3/4", annual_report_due=(3, 1), languages=("kk",)))  # type: ignore[arg-type]
    assert [shown[name].value() for name in ("quorum", "annual_report_due", "languages")] == [
        "3/4",
        "01.03",
        ["kk"],
    ]
    assert [field.name for group in shown.by_clause() for field in group.fields] == list(
        parameters.PARAMETERS
    )


def test_the_defaults_typed_are_the_defaults() -> None:
    filled = form()
    assert filled.errors == {}
    assert Procedure.from_dict(filled.cleaned_data) == Procedure()


GOOD = [
    pytest.param({"quorum": " 4/6 "}, Procedure(), id="a-share-is-reduced"),
    pytest.param({"quorum": "1/1"}, Procedure(quorum=Fraction(1)), id="everybody"),
    pytest.param({"annual_report_due": "28.02"}, Procedure(annual_report_due=(2, 28)), id="day"),
    pytest.param({"languages": ["ru"]}, Procedure(languages=("ru",)), id="one-language"),
    pytest.param({"tie": "head_only"}, Procedure(tie="head_only"), id="choice"),
]


@pytest.mark.parametrize(("typed", "expected"), GOOD)
def test_what_is_typed_becomes_a_procedure(typed: dict[str, Any], expected: Procedure) -> None:
    filled = form(**typed)
    assert filled.is_valid()
    assert Procedure.from_dict(filled.cleaned_data) == expected


BAD = [
    *(
        pytest.param("quorum", value, id=f"quorum-{value[:12]}")
        for value in ("", "0/3", "3/2", "2/0", "0.67", "1e999999999", "-1/2", "9" * 4000, "²/₃", "2/3; DROP")
    ),
    pytest.param("initiative", "1/1", id="more-than-all"),
    pytest.param("tie", "coin", id="choice"),
    pytest.param("languages", [], id="no-language"),
    pytest.param("languages", ["en"], id="language"),
    *(
        pytest.param("annual_report_due", value, id=f"due-{value}")
        for value in ("29.02", "31.04", "15", "", "0.1", "aa.bb", "W1.2")
    ),
    pytest.param("protocol_days", "-1", id="days"),
    pytest.param("protocol_days", "1.5", id="half-a-day"),
    pytest.param("protocol_days", "366", id="too-many"),
    pytest.param("action_min_participants", "0", id="nobody"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_no_procedure_can_be_is_refused_beside_its_field(name: str, value: object) -> None:
    assert list(form(**{name: value}).errors) == [name]


# Versions


def test_only_what_departs_is_stored(stage: Stage) -> None:
    version = set_(stage, draft(stage), quorum="3/4", tie="chair", protocol_days=1)
    assert version.parameters == {"quorum": "3/4"}
    assert JournalEntry.objects.get(act="regulation.parameters_set").data == {"parameters": {"quorum": "3/4"}}


def test_a_draft_starts_with_the_parameters_in_force(db: None) -> None:
    stage = scene.set_stage(quorum="3/4")
    assert draft(stage).parameters == {"quorum": "3/4"}


def test_approval_closes_the_former_version_and_changes_the_numbers(stage: Stage) -> None:
    version = approve(stage, set_(stage, draft(stage), quorum="3/4"))
    assert Regulation.objects.on(stage.staff, date(2026, 12, 31)).parameters == {}
    assert Regulation.objects.on(stage.staff, NEXT) == version
    quorums = [facts.composition_on(stage.staff, day).quorum for day in (date(2026, 12, 31), NEXT)]
    assert quorums == [10, 12]
    assert JournalEntry.objects.get(act="regulation.approved").clause == "11"


def test_a_meeting_keeps_its_version_until_it_is_moved(stage: Stage) -> None:
    meeting = scene.planned(stage, day=date(2027, 1, 20))
    approve(stage, set_(stage, draft(stage), quorum="3/4"))
    meeting.refresh_from_db()
    assert (meeting.regulation.in_force_until, meeting.procedure) == (date(2026, 12, 31), Procedure())


def test_what_was_approved_once_is_not_set_again(stage: Stage) -> None:
    version = set_(stage, draft(stage), quorum="3/4")
    approve(stage, version)
    acts: list[Callable[[], object]] = [
        lambda: set_(stage, version, quorum="1/2"),
        lambda: approve(stage, version),
    ]
    for late in acts:
        with pytest.raises(Refused) as refusal:
            late()
        assert refusal.value.verdict.reason == "draft_gone"


def test_what_no_procedure_can_be_is_never_stored(stage: Stage) -> None:
    version = draft(stage)
    for values in ({"quorum": "3/2"}, {"unknown": 1}, {"protocol_days": True}):
        with pytest.raises(ValueError, match=next(iter(values))):
            set_(stage, version, **values)


# Pages


def test_from_a_draft_to_an_approved_version(stage: Stage, secretary: Client) -> None:
    assert secretary.post(f"{HOME}/draft/start/").url == f"{HOME}/draft/"
    begins = timezone.localdate().isoformat()
    assert secretary.post(f"{HOME}/draft/act/", {"in_force_from": begins}).status_code == 302
    seen = {"seen": secretary.get(f"{HOME}/draft/").context["seen"]}
    assert secretary.post(f"{HOME}/draft/", TYPED | seen | {"quorum": "3/4"}).url == f"{HOME}/draft/"
    late = secretary.post(f"{HOME}/draft/", TYPED | seen | {"protocol_days": "4"})
    assert (late.status_code, late.context["form"]["protocol_days"].value()) == (422, "4")
    seen = secretary.get(f"{HOME}/draft/approve/").context["seen"]
    assert secretary.post(f"{HOME}/draft/approve/", {"seen": seen}).status_code == 422
    assert secretary.post(f"{HOME}/draft/approve/", {"seen": seen, "is_blank": "on"}).url == f"{HOME}/"
    page = secretary.get(f"{HOME}/")
    departing = [each.name for each in page.context["parameters"] if each.departs]
    assert departing == ["quorum"]
    assert [len(row["change"]) for row in page.context["versions"]] == [1, 0]


def test_a_wrong_value_is_told_and_nothing_is_lost(stage: Stage, secretary: Client) -> None:
    version = draft(stage)
    answer = secretary.post(f"{HOME}/draft/", TYPED | {"quorum": "3", "protocol_days": "4"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["quorum"])
    assert answer.context["form"]["protocol_days"].value() == "4"
    version.refresh_from_db()
    assert version.parameters == {}


@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_writes_the_draft(stage: Stage, who: str) -> None:
    draft(stage)
    client = Client()
    client.force_login(getattr(stage, who).person)
    for path in ("draft/", "draft/act/", "draft/approve/", "draft/discard/"):
        assert client.get(f"{HOME}/{path}").status_code == 403
        assert client.post(f"{HOME}/{path}").status_code == 403
    assert client.post(f"{HOME}/draft/start/").status_code == 403
