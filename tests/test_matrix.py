"""Every address × every role × own and foreign Staff × state, against the table in tests/matrix/table.py."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from tests.matrix.addresses import addresses
from tests.matrix.table import BODIES, NONE, OF_STAFF, OUTSIDE, STATES, Row
from tests.matrix.world import World, world

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
            if code not in _expected(cell, method, letter):
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


def _expected(cell: str, method: str, letter: str) -> set[int]:
    """Return the codes that the cell allows for who has that letter."""
    may, _, blind = cell.partition("~")
    if letter == "n":
        return {302, 405} if cell == NONE else {302}
    if cell == NONE:
        return NO_PAGE if method == "get" else {200, 204, 302, 403, 404, 405, 409}
    if letter in STRANGERS or letter in blind:
        return {404}
    if letter not in may:
        return {403}
    # A page may say that it is not the moment for its act, before anything is typed.
    return OPENED | {409} if method == "get" else TRIED
