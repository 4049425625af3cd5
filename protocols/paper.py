"""The facts of a protocol in the words of one language: what the PDF and the page both show (T1)."""

from datetime import date
from typing import Any

from members.days import NBSP, long_day
from protocols import annexes
from protocols.facts import Facts
from protocols.wording import until_day
from protocols.writer import Line, Writer, clock, counted

DATA_NAME = "protocol.json"


def paper(facts: Facts, language: str) -> dict[str, Any]:
    """Return the whole document in `language` ("kk" or "ru") for templates/documents."""
    writer = Writer(facts, language)
    annex_of = annexes.numbers_of_opinions(facts)
    day = date.fromisoformat(facts["meeting"]["day"])
    return {
        "language": language,
        "words": writer.words,
        "title": writer.say("title", index=facts["index"]),
        "head": _head(writer, day),
        "people": _people(writer),
        "counts": writer.say("counts", **facts["counts"]),
        "items": [_item(writer, row, annex_of) for row in facts["items"]],
        "control": _control(writer),
        "annexes": _annexes(writer),
        "signatures": _signatures(writer),
        "attendance": annexes.attendance(writer, day),
        "ballots": [annexes.ballot_list(writer, row) for row in facts["items"] if row["ballot"]],
        "votes_mark": annexes.annex_mark(writer, annexes.VOTES),
        "opinions": [
            annexes.opinion(writer, row, number)
            for number, row in zip(annex_of, facts["opinions"], strict=True)
        ],
        "mark": _mark(writer),
    }


def _head(writer: Writer, day: date) -> dict[str, Any]:
    meeting, staff = writer.facts["meeting"], writer.facts["staff"]
    kind = "urgent" if meeting["urgent_ground"] else meeting["kind"]
    return {
        "body": writer.plain(staff["body"]).upper(),
        "staff": writer.plain(staff["name"]),
        "day": long_day(day, writer.language),
        "index": f"№{NBSP}{writer.facts['index']}",
        "place": writer.plain(staff["place"]),
        "kind": writer.words[f"kind_{kind}"],
        "mode": writer.words.get(f"mode_{meeting['mode']}", ""),
        "began": clock(meeting["opened_at"]),
        "ended": clock(meeting["ended_at"]),
    }


def _people(writer: Writer) -> dict[str, Any]:
    facts, chair = writer.facts, writer.facts["chair"]
    instead = "" if chair["is_head"] else writer.say("chair_instead", ground=_ground(writer))
    return {
        "chair": " ".join(filter(None, (writer.plain(chair["office"]), chair["name"]))),
        "chair_instead": instead,
        "secretary": " ".join(
            filter(None, (writer.plain(facts["secretary"]["office"]), facts["secretary"]["name"]))
        ),
        "present": [_present(writer, row) for row in facts["members"] if row["attended"]],
        "absent": [
            f"{writer.person(row)} ({writer.reason(row)})" if row["name"] else writer.person(row)
            for row in facts["members"]
            if not row["attended"]
        ],
        "invited": [writer.person(row) for row in facts["invited"]],
    }


def _ground(writer: Writer) -> str:
    chair = writer.facts["chair"]
    return chair["ground"] or chair["acting_order"] or writer.words["no_ground"]


def _present(writer: Writer, row: Facts) -> str:
    video = writer.words["by_video"] if row["video"] else ""
    return " ".join(filter(None, (writer.person(row), writer.acting(row), video)))


def _item(writer: Writer, row: Facts, annex_of: list[int]) -> dict[str, Any]:
    numbered = zip(annex_of, writer.facts["opinions"], strict=True)
    return {
        "order": row["order"],
        "title": writer.sentence(row["title"]),
        "speaker": writer.sentence(row["speaker"]),
        "heard": writer.text(row["heard"]),
        "spoke": writer.text(row["spoke"]),
        "votes": writer.say("votes", **counted(row["ballot"])) if row["ballot"] else writer.words["no_vote"],
        "outcome": _outcome(writer, row["ballot"]),
        "points": [_point(writer, point) for point in row["points"]],
        "opinions": [
            writer.say("opinion", name=opinion["name"], annex=number)
            for number, opinion in numbered
            if opinion["order"] == row["order"]
        ],
    }


def _outcome(writer: Writer, ballot: Facts | None) -> str:
    """What follows from the numbers (clause 13); an adoption by the majority needs no further word."""
    if ballot is None or ballot["reason"] in ("", "majority"):
        return ""
    if ballot["reason"] == "casting_vote":
        if not ballot["adopted"]:
            return writer.say("tie_refused", chair=ballot["chair"])
        instead = "" if _head_decided(writer, ballot) else "_instead"
        return writer.say(f"tie_adopted{instead}", chair=ballot["chair"])
    key = {"not_enough_votes": "too_few", "tie_not_broken": "tie_open", "no_quorum": "no_quorum"}
    return writer.say(key[ballot["reason"]], needed=ballot["needed"])


def _head_decided(writer: Writer, ballot: Facts) -> bool:
    """Whether the chair of that very vote was the head; facts of format 1 know the meeting's chair only."""
    return bool(ballot.get("chair_is_head", writer.facts["chair"]["is_head"]))


def _point(writer: Writer, point: Facts) -> dict[str, Any]:
    due = date.fromisoformat(point["due_on"]) if point["due_on"] else None
    term = (
        until_day(due, writer.language) if due else writer.words["standing"] if point["is_standing"] else ""
    )
    executor = writer.plain(point["executor"]) if point["executor"] else ""
    return {
        "cited": point["cited"],
        "kind": writer.words["recommendation"] if point["kind"] == "recommendation" else "",
        "text": writer.sentence(point["text"]),
        "lines": _filled(writer, ("term", term), ("executor", executor)),
    }


def _filled(writer: Writer, *rows: tuple[str, str]) -> list[Line]:
    return [Line(writer.words[key], text) for key, text in rows if text]


def _control(writer: Writer) -> str:
    if not any(row["points"] for row in writer.facts["items"]):
        return ""
    return writer.say("control", body=writer.plain(writer.facts["staff"]["working_body"]))


def _annexes(writer: Writer) -> list[str]:
    votes = [writer.words["annex_votes"]] if any(row["ballot"] for row in writer.facts["items"]) else []
    opinions = [writer.say("annex_opinion", name=row["name"]) for row in writer.facts["opinions"]]
    return [writer.words["annex_attendance"], *votes, *opinions]


def _signatures(writer: Writer) -> dict[str, str]:
    # Up to format 2 who chaired was who signed.
    signer: Facts = writer.facts["signer"] if "signer" in writer.facts else writer.facts["chair"]
    stands_in = "until" in signer and bool(signer["until"])
    return {
        "office": writer.words["sign_head" if signer["is_head"] else "sign_instead"],
        "stands_in": _stands_in(writer, signer) if stands_in else "",
        "name": signer["name"],
        "secretary": writer.facts["secretary"]["name"],
    }


def _stands_in(writer: Writer, signer: Facts) -> str:
    office = writer.plain(signer["office"])
    ground = writer.say("sign_ground", ground=signer["ground"])
    return f"({'; '.join(filter(None, (office, ground)))})"


def _mark(writer: Writer) -> dict[str, str]:
    journal = writer.facts["journal"]
    key = "mark_journal" if journal["sequence"] else "mark_journal_empty"
    return {
        "journal": writer.say(key, sequence=journal["sequence"]),
        "hash": journal["hash"],
        "data": writer.say("mark_data", name=DATA_NAME),
    }
