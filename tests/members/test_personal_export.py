"""Nothing that names a person is forgotten in the file that the person is given."""

from typing import Any

import pytest
from django.apps import apps

from meetings import actions
from members.models import User
from staff_portal.personal_data import KINDS, collect
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.test_changes import note_of
from tests.meetings.test_initiative import join, started
from tests.stage import MORNING, Stage

APPS = ("members", "meetings", "protocols", "kpi")

# Where each row that is about a person stands in the file.
GIVEN = {
    "members.Holder.user": "seats",
    "members.Place.user": "places",
    "members.Absence.deputy": "absences",
    "members.Invitation.user": "invitations",
    "members.JournalEntry.actor": "journal",
    "members.Notice.recipient": "notices",
    "meetings.Elector.user": "attendance",
    "meetings.Proposal.author": "proposals",
    "meetings.Agreement.user": "agreements",
    "meetings.PlanDelivery.user": "plan_openings",
    "meetings.ChangeRequest.author": "requests",
    "meetings.JustificationNote.prepared_by": "notes_prepared",
    "meetings.MaterialReader.user": "limited_access",
    "meetings.MaterialReading.user": "readings",
    "meetings.PrivateNote.user": "private_notes",
    "meetings.Answer.user": "answers",
    "meetings.Delivery.user": "openings",
    "meetings.CalendarFeed.user": "feeds",
    "meetings.Initiative.started_by": "initiatives",
    "meetings.Supporter.user": "supports",
    "protocols.Signature.signer": "signatures",
}

# Who did something to a row that is about others: each is an act in the journal, which is given whole.
ACTS = {
    "members.Regulation.approved_by",
    "members.Composition.approved_by",
    "members.Invitation.invited_by",
    "meetings.Meeting.announced_by",
    "meetings.Meeting.cancelled_by",
    "meetings.Meeting.opened_by",
    "meetings.Meeting.ended_by",
    "meetings.AgendaItem.admitted_by",
    "meetings.AgendaVersion.submitted_by",
    "meetings.AgendaVersion.decided_by",
    "meetings.WorkPlan.called_by",
    "meetings.PlanVersion.made_by",
    "meetings.PlanVersion.submitted_by",
    "meetings.PlanVersion.decided_by",
    "meetings.PlanDispatch.sent_by",
    "meetings.JustificationNote.decided_by",
    "meetings.Material.uploaded_by",
    "meetings.Material.withdrawn_by",
    "meetings.MaterialReader.added_by",
    "meetings.Dispatch.sent_by",
    "meetings.Initiative.withdrawn_by",
    "meetings.Ballot.opened_by",
    "meetings.Ballot.closed_by",
    "meetings.Vote.entered_by",
    "meetings.VoteChange.entered_by",
    "protocols.Protocol.created_by",
    "protocols.Protocol.signed_by",
    "protocols.Edition.sent_by",
    "protocols.Edition.signer",
}


def columns() -> set[str]:
    """Return every column of ours that names a person, without the copies that the history keeps."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "history_id")
        for field in model._meta.concrete_fields
        if field.related_model is User
    }


def test_every_column_that_names_a_person_is_given_or_is_an_act() -> None:
    assert columns() == GIVEN.keys() | ACTS
    assert GIVEN.keys() & ACTS == set()


def test_what_is_given_has_a_name_and_a_reason() -> None:
    keys = [kind.key for kind in KINDS]
    assert set(GIVEN.values()) - set(keys) == set()
    assert len(keys) == len(set(keys))


def kept_of(person: Any) -> dict[str, int]:
    kept = collect(person, now=MORNING)
    assert kept.keys() == {"made_at", "account", *(kind.key for kind in KINDS)}
    names = ("proposals", "agreements", "plan_openings", "initiatives", "supports", "requests")
    return {name: len(kept[name]) for name in (*names, "notes_prepared")}


@pytest.mark.django_db
def test_plans_and_initiatives_stand_in_the_file_of_who_took_part() -> None:
    stage: Stage = scene.set_stage()
    plan = planning.drafted(stage)
    proposal = planning.proposed(plan, stage.member)
    actions.accept_proposal(proposal, by=stage.secretary, now=planning.NOW)
    version = actions.send_for_agreement(
        plan, due=planning.ANSWERS_DUE, by=stage.secretary, now=planning.LATER
    )
    actions.agree(version, agreed=True, by=stage.member, now=planning.LATER)
    join(started(stage, by=stage.member), [stage.people[5]])
    assert kept_of(stage.member.person) == {
        "proposals": 1,
        "agreements": 1,
        "plan_openings": 0,
        "initiatives": 1,
        "supports": 1,
        "requests": 0,
        "notes_prepared": 0,
    }
    others = kept_of(stage.people[9].person)
    assert set(others.values()) == {0}


@pytest.mark.django_db
def test_a_note_stands_in_the_file_of_who_prepared_it() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    kept = [collect(who.person, now=MORNING)["notes_prepared"] for who in (stage.secretary, stage.head)]
    assert [[row["number"] for row in rows] for rows in kept] == [[note.number], []]
