"""The second Staff of the demo is a world of its own: one person has a seat in both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from members.facts import NO_CONSENT, composition_on
from members.models import Place, User
from members.permissions import holders_on, staffs_of
from members.states import PlaceRole, Role
from staff_portal.demo import region
from staff_portal.demo.loading import load
from staff_portal.demo.scene import Scene
from tests.demo.conftest import SUNDAY

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(SUNDAY)


def test_the_region_stands_above_the_district_with_its_own_composition(demo: Scene) -> None:
    above = demo.staff.parent
    assert above is not None
    assert above.code == region.CODE
    roles = [holder.seat.role for holder in holders_on(above, TODAY)]
    assert roles == [Role.HEAD, *[Role.DEPUTY_HEAD] * 2, Role.SECRETARY, *[Role.MEMBER] * 6]


def test_one_person_sits_in_both_and_everybody_else_in_one(demo: Scene) -> None:
    both = [user.email for user in User.objects.order_by("email") if staffs_of(user, today=TODAY).count() > 1]
    assert both == ["centre@demo.kostanay.example"]


def test_the_region_has_a_meeting_of_its_own_and_gets_a_new_one_after_weeks(demo: Scene) -> None:
    (meeting,) = Meeting.objects.filter(staff__code=region.CODE)
    assert meeting.items.count() == len(region.QUESTIONS)
    load(now=SUNDAY + timedelta(days=40))
    assert Meeting.objects.filter(staff__code=region.CODE).count() == 2


def test_every_role_without_a_seat_has_its_person(demo: Scene) -> None:
    places = Place.objects.filter(staff=demo.staff)
    assert sorted(place.role for place in places) == sorted(PlaceRole.values)


def test_some_letters_of_consent_are_missing(demo: Scene) -> None:
    rows = composition_on(demo.staff, TODAY).rows
    assert [row.seat.order for row in rows if NO_CONSENT in row.warnings] == [6, 14]
    assert [row.seat.order for row in rows if row.seat.consent_number] == [3, 5, 13, 15]
