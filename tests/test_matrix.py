"""Every address × every role × own and foreign Staff × state, against the table in tests/matrix/table.py."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from members.models import Composition, Holder, JournalEntry, Regulation, Staff, User
from tests import stage as scene
from tests.matrix.addresses import addresses
from tests.matrix.table import BODIES, NONE, OF_STAFF, OUTSIDE, STATES, Row
from tests.matrix.world import World, world
from tests.stage import actor_of

# Who may open what does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

WALKERS = "shdmcgyui"
STRANGERS = "ax"
PLACED = frozenset(WALKERS)


def test_every_address_has_a_row() -> None:
    known = {name for name, parameters in addresses().items() if "staff" in parameters}
    outside = {name for name, parameters in addresses().items() if "staff" not in parameters}
    assert (known - OF_STAFF.keys(), OF_STAFF.keys() - known) == (set(), set())
    assert (outside - OUTSIDE.keys(), OUTSIDE.keys() - outside) == (set(), set())


@pytest.mark.parametrize("state", STATES)
def test_pages_and_acts_of_a_staff_by_role(state: str) -> None:
    stage = world(state)
    wrong = []
    for name, row in OF_STAFF.items():
        about_the_meeting = "key" in addresses()[name]
        if state not in row.states or (state != row.states[0] and not about_the_meeting):
            continue
        wrong += list(_differences(stage, name, row, state))
    assert wrong == []


def _differences(stage: World, name: str, row: Row, state: str) -> Iterator[str]:
    for method, cell in (("get", row.get_in.get(state, row.get)), ("post", row.post_in.get(state, row.post))):
        if cell == NONE and state != row.states[0]:
            continue
        # Whom the Staff does not know at all, the state of its meeting does not concern either.
        for letter in ("n", *WALKERS, *STRANGERS) if state == row.states[0] else WALKERS:
            if row.is_dear and letter in cell[1:]:
                continue
            code = _answer(stage, name, method, letter)
            if code not in _expected(cell, method, letter, row.get_in.get(state, row.get)):
                yield f"{state} {method} {name} by {letter}: {code}"


def test_pages_and_acts_outside_of_a_staff() -> None:
    stage = world("draft")
    wrong = [
        f"{method} {name} by {letter}: {code}"
        for name, row in OUTSIDE.items()
        for method, cell in (("get", row.get), ("post", row.post))
        for letter in ("n", "s", "i", "x", "a")
        if (code := _answer(stage, name, method, letter)) not in _expected_outside(cell, method, letter)
    ]
    assert wrong == []


def _expected_outside(cell: str, method: str, letter: str) -> set[int]:
    """Return the codes that a cell of an address outside a Staff allows."""
    if cell == NONE:
        return NO_PAGE if method == "get" else {200, 204, 302, 400, 403, 404, 405, 409}
    if cell == "*":
        # A code that was never sent, a form without a word: told beside the field, or too many tries.
        return {200, 302, 400, 410, 429} if method == "post" else {200, 302}
    if cell == "?":
        return {404}
    if letter == "n":
        return {302, 401}
    if cell == "0":
        return {302, 404}
    if cell == "+" or letter in cell:
        return {200, 302, 400}
    return {403}


def _answer(stage: World, name: str, method: str, letter: str) -> int:
    """Return the status; what the request did is undone, so that the next one finds everything as it was."""
    path = reverse(name, kwargs={each: _value(stage, name, each) for each in addresses()[name]})
    with transaction.atomic():
        answer = getattr(stage.client(letter), method)(path, BODIES.get(name, {}))
        # A file that is not read to its end stays open.
        list(answer.streaming_content if answer.streaming else ())
        transaction.set_rollback(True)
    # The admin site leads who may not enter to its own sign-in.
    is_refused = answer.get("Location", "").startswith("/admin/login/") and letter != "n"
    return 403 if is_refused else int(answer.status_code)


def _value(stage: World, name: str, parameter: str) -> object:
    if parameter == "object_id":
        return stage.values[name.rpartition("_")[0]]
    return stage.values[name if parameter == "pk" else parameter]


OPENED, TRIED = {200, 204, 302}, {200, 204, 302, 409, 422}
# Of an act there is no page: its address leads elsewhere, or says that it takes no GET.
NO_PAGE = {302, 403, 404, 405}


def _posted_to_a_page(gets: str, letter: str) -> set[int]:
    """Return what a form sent to a page without one may answer: to who may not open the page, nothing."""
    may = gets.partition("~")[0]
    return {200, 204, 302, 403, 404, 405, 409} if letter in may else {403, 404, 405}


def _expected(cell: str, method: str, letter: str, gets: str) -> set[int]:
    """Return the codes that the cell allows for who has that letter."""
    may, _, blind = cell.partition("~")
    if letter == "n":
        return {302, 405} if cell == NONE else {302}
    if cell == NONE:
        return NO_PAGE if method == "get" else _posted_to_a_page(gets, letter)
    if letter in STRANGERS or letter in blind:
        return {404}
    if letter not in may:
        return {403}
    # A page may say that it is not the moment for its act, before anything is typed.
    return OPENED | {409} if method == "get" else TRIED


ABROAD = "other-staff"


@pytest.mark.parametrize("who", ["secretary", "head"])
def test_nothing_of_another_staff_opens_under_the_own_address(who: str) -> None:
    """What is of another Staff is "not found" at home, for who may do everything there; nothing moves."""
    stage = world("session")
    other = Staff.objects.get(code=ABROAD)
    _furnish(other)
    person = actor_of(other, stage.people["x"] if who == "secretary" else _head_of(other))
    client = scene.signed_in(person)
    client.raise_request_exception = False
    before, wrong = JournalEntry.objects.count(), []
    for name, row in OF_STAFF.items():
        if not _is_named(name):
            continue
        for method, cell in (("get", row.get), ("post", row.post)):
            may = cell.partition("~")[0]
            code = _abroad(stage, client, name, method)
            if code not in ({404} if who[0] in may else {403, 404, 405, 302 if cell == NONE else 404}):
                wrong.append(f"{method} {name} by the {who}: {code}")
    assert wrong == []
    assert JournalEntry.objects.count() == before


def _is_named(name: str) -> bool:
    return bool(addresses()[name] & {"pk", "key"})


def _head_of(staff: Staff) -> User:
    return Holder.objects.get(seat__composition__staff=staff, seat__role="head").user


def _furnish(staff: Staff) -> None:
    """Give `staff` drafts, so that an address is refused because of the thing, not of the moment."""
    Composition.objects.create(staff=staff, in_force_from=date(2027, 2, 1))
    Regulation.objects.create(staff=staff, in_force_from=date(2027, 2, 1))


def _abroad(stage: World, client: Client, name: str, method: str) -> int:
    values = {each: _value(stage, name, each) for each in addresses()[name]} | {"staff": ABROAD}
    with transaction.atomic():
        answer = getattr(client, method)(reverse(name, kwargs=values), BODIES.get(name, {}))
        list(answer.streaming_content if answer.streaming else ())
        transaction.set_rollback(True)
    return int(answer.status_code)
