"""The words of the document: what follows from a vote, who chaired, the same words in both languages."""

import re
from typing import Any

import pytest

from protocols.paper import paper
from protocols.wording import KK, RU
from tests.protocols.sample import sample_facts


@pytest.mark.parametrize(
    ("ballot", "is_head", "sentence"),
    [
        pytest.param({}, True, "", id="majority"),
        pytest.param({"adopted": False, "reason": "not_enough_votes"}, True, "too_few", id="too few"),
        pytest.param({"adopted": False, "reason": "tie_not_broken"}, True, "tie_open", id="tie not broken"),
        pytest.param({"adopted": False, "reason": "no_quorum"}, True, "no_quorum", id="no quorum"),
        pytest.param({"reason": "casting_vote"}, True, "tie_adopted", id="the head's vote"),
        pytest.param({"reason": "casting_vote"}, False, "tie_adopted_instead", id="the deputy's vote"),
        pytest.param({"reason": "casting_vote", "adopted": False}, True, "tie_refused", id="head against"),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("kk", KK), ("ru", RU)])
def test_every_outcome_has_its_sentence(
    ballot: dict[str, Any], is_head: bool, sentence: str, language: str, words: dict[str, str]
) -> None:
    facts = sample_facts(1)
    # Who chaired that vote decides which sentence it is, not who chaired at the end.
    facts["items"][0]["ballot"] |= ballot | {"chair_is_head": is_head}
    facts["chair"] |= {"is_head": not is_head, "name": "Б. Сызық"}
    said = paper(facts, language)["items"][0]["outcome"]
    wanted = words[sentence].format(chair="Ә. Көрінісов1", needed=8) if sentence else ""
    assert said == wanted


@pytest.mark.parametrize(("is_head", "sentence"), [(True, "tie_adopted"), (False, "tie_adopted_instead")])
def test_facts_of_the_first_format_know_the_chair_of_the_meeting_only(is_head: bool, sentence: str) -> None:
    facts = sample_facts(1)
    facts["items"][0]["ballot"]["reason"] = "casting_vote"
    del facts["items"][0]["ballot"]["chair_is_head"]
    facts["chair"]["is_head"] = is_head
    said = paper(facts, "ru")["items"][0]["outcome"]
    assert said == RU[sentence].format(chair="Ә. Көрінісов1")


def test_the_list_of_votes_names_who_chaired_that_vote() -> None:
    facts = sample_facts(1)
    facts["items"][0]["ballot"]["chair"] = "Б. Сызық"
    assert paper(facts, "kk")["ballots"][0]["chair"] == "Б. Сызық"


def test_who_chaired_instead_of_the_head_signs_as_such() -> None:
    facts = sample_facts(1)
    facts["chair"] |= {"is_head": False, "ground": "іссапар"}
    said = paper(facts, "kk")
    assert said["signatures"]["office"] == KK["sign_instead"]
    assert said["people"]["chair_instead"] == KK["chair_instead"].format(ground="іссапар")


def test_both_languages_have_the_same_words() -> None:
    fields = re.compile(r"\{(\w+)\}")
    assert set(KK) == set(RU)
    assert {key: sorted(fields.findall(KK[key])) for key in KK} == {
        key: sorted(fields.findall(RU[key])) for key in RU
    }
