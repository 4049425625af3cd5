"""The demo has something to do for everybody, and loading it again keeps what is there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from meetings import facts
from meetings.models import AgendaVersion, Meeting, Question
from meetings.states import AgendaState, State
from members.models import User
from members.states import Role
from staff_portal.demo.composition import CODE
from staff_portal.demo.loading import load
from staff_portal.demo.people import MAIL_DOMAIN, SHARED_WORDS, accounts
from staff_portal.demo.scene import Scene
from tests.demo.conftest import SUNDAY
from tests.demo.duties import roles_with_duties

pytestmark = pytest.mark.django_db
SEATS, PLACES, REGION = 16, 5, 10


def coming() -> Meeting:
    return Meeting.objects.select_related("staff", "regulation").get(staff__code=CODE, state=State.PLANNED)


def test_each_role_has_something_to_do(demo: Scene) -> None:
    found = roles_with_duties(demo.staff, SUNDAY)
    assert (found[Role.HEAD], found[Role.DEPUTY_HEAD], found[Role.SECRETARY]) == (1, 2, 1)
    assert found[Role.MEMBER] >= 2


def test_the_coming_agenda_lies_with_the_head_and_materials_are_owed(demo: Scene) -> None:
    meeting = coming()
    assert AgendaVersion.objects.get(meeting=meeting).state == AgendaState.SUBMITTED
    rows = facts.items_with_materials(meeting, today=timezone.localdate(SUNDAY))
    assert [row.is_missing for row in rows] == [True, False, True, True, False]
    assert not any(row.days_late for row in rows)


def test_every_question_has_both_languages(demo: Scene) -> None:
    assert all(question.title_kk and question.title_ru for question in Question.objects.all())


def test_the_people_are_plainly_invented(demo: Scene) -> None:
    people = User.objects.all()
    assert people.count() == SEATS + PLACES + REGION - 1  # one sits in both Staffs
    assert all(person.email.endswith(MAIL_DOMAIN) for person in people)
    assert {len(person.name.split()[0]) for person in people} == {2}
    assert {person.language for person in people} == {"kk", "ru"}
    assert all(person.check_password(SHARED_WORDS) for person in people[:2])
    assert len({person.password for person in people}) == 1
    assert len(accounts(today=timezone.localdate(SUNDAY))) == SEATS + PLACES + REGION


@pytest.fixture
def counted() -> Iterator[dict[str, int]]:
    before = rows()
    yield before
    assert rows() == before


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_loading_again_changes_nothing(demo: Scene, counted: dict[str, int]) -> None:
    load(now=SUNDAY + timedelta(hours=3))


def test_after_weeks_a_new_coming_meeting_appears_with_the_same_questions(demo: Scene) -> None:
    questions = Question.objects.count()
    later = SUNDAY + timedelta(days=30)
    load(now=later)
    ahead = Meeting.objects.filter(staff=demo.staff, day__gte=timezone.localdate(later))
    assert [meeting.items.count() for meeting in ahead] == [5]
    assert Question.objects.count() == questions
    assert Meeting.objects.filter(state=State.ENDED).count() == 1
