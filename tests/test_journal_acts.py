"""Every act that the code writes into the journal has its sentence in both languages."""

import ast
from collections.abc import Iterator

import pytest
from django.utils import translation

from meetings.states import AgendaState, NoteState
from meetings.states import PlanVersionState as Decided
from members.acts import Words
from staff_portal import acts
from tests.real_worker import ROOT

pytestmark = pytest.mark.once

APPS = ("members", "meetings", "protocols", "kpi", "staff_portal")
# Codes put together where they are written: the first part, and what may follow.
COMPUTED = {
    "agenda.": [state.value for state in AgendaState if state != AgendaState.SUBMITTED],
    "note.": [NoteState.AGREED.value, NoteState.REFUSED.value],
    "plan.": [state.value for state in (Decided.APPROVED, Decided.RETURNED, Decided.WITHDRAWN)],
}
# Functions that write the act they are given: their callers are looked at instead.
WRITERS = ("record_row", "record_awaited")


# Acts on versions go through one function of their own, which puts the kind of version before them.
VERSIONS = {
    "members/actions/composition.py": ("composition",),
    "members/actions/procedure.py": ("regulation",),
    "members/actions/versions.py": ("composition", "regulation"),
}


def of_version(call: ast.Call, path: str) -> list[str]:
    """Return the acts of a call of `record` on a version of the composition or the regulation."""
    is_record = isinstance(call.func, ast.Name) and call.func.id == "record"
    act = str(call.args[0].value) if is_record and isinstance(call.args[0], ast.Constant) else ""
    return [f"{kind}.{act}" for kind in VERSIONS.get(path, ())] if act else []


def recorded(call: ast.Call) -> ast.expr | None:
    """Return the act of a call of `journal.record`, else None."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in WRITERS:
        return call.args[0]
    is_record = (
        isinstance(function, ast.Attribute)
        and function.attr == "record"
        and isinstance(function.value, ast.Name)
        and function.value.id == "journal"
    )
    return call.args[0] if is_record and call.args else None


def codes_of(act: ast.expr) -> list[str]:
    """Return the codes that the expression may be; one that nobody can tell is marked."""
    if isinstance(act, ast.Constant):
        return [str(act.value)]
    if isinstance(act, ast.IfExp):
        return codes_of(act.body) + codes_of(act.orelse)
    first = act.values[0] if isinstance(act, ast.JoinedStr) else None
    start = str(first.value) if isinstance(first, ast.Constant) else ""
    return [f"{start}{rest}" for rest in COMPUTED.get(start, ["?"])]


def codes_in(call: ast.Call, place: str) -> list[str]:
    """Return the acts that a call writes; none for a call of anything else."""
    act = recorded(call)
    if act is None:
        return of_version(call, place)
    # The one function for versions: its callers are looked at instead.
    return [] if place in VERSIONS and isinstance(act, ast.Name) else codes_of(act)


def calls_in(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of a module but those within the functions that only pass an act on."""
    within = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name in WRITERS
        for inner in ast.walk(node)
    }
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node not in within)


def written() -> Iterator[tuple[str, str]]:
    """Yield each act with the place where the code writes it."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for call in calls_in(ast.parse(path.read_text())):
                yield from ((code, f"{place}:{call.lineno}") for code in codes_in(call, place))


def test_every_act_has_a_sentence_and_a_kind() -> None:
    unknown = {f"{place} {code}" for code, place in written() if code not in acts.ACTS}
    assert unknown == set()
    assert {code.split(".")[0] for code in acts.ACTS} <= set(acts.KINDS)


def test_no_sentence_is_left_of_an_act_that_nobody_does() -> None:
    assert set(acts.ACTS) - {code for code, _place in written()} == set()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_sentences_kinds_and_facts_are_translated(language: str) -> None:
    texts = [act.sentence for act in acts.ACTS.values()] + list(acts.KINDS.values())
    texts += [fact.name for book in acts.BOOKS for fact in book.FACTS.values()]
    with translation.override(None):
        sources = [str(text) for text in texts]
    with translation.override(language):
        same = {source for source, text in zip(sources, texts, strict=True) if str(text) == source}
    # These read alike in every language.
    assert same <= {"SHA-256", "%(name)s: %(presence_word)s"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sentence_names_in_every_language_what_it_names_in_the_source(language: str) -> None:
    for act in acts.ACTS.values():
        with translation.override(None):
            source = set(acts.IN_SENTENCE.findall(str(act.sentence)))
        with translation.override(language):
            assert set(acts.IN_SENTENCE.findall(str(act.sentence))) == source
            assert "%" not in str(act.sentence) % Words()
