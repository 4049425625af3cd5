"""The annexes of the protocol: attendance (T6), votes by name (T8), dissenting opinions (T5)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from members.days import long_day
from protocols.facts import Facts
from protocols.wording import of_day
from protocols.writer import Writer, clock, counted

ATTENDANCE, VOTES = 1, 2
CHOICES = ("for", "against", "abstained", "none", "absent")


def numbers_of_opinions(facts: Facts) -> list[int]:
    """Return the number of the annex of each opinion; without votes there is no list of votes before them."""
    first = VOTES + 1 if any(row["ballot"] for row in facts["items"]) else VOTES
    return list(range(first, first + len(facts["opinions"])))


def annex_mark(writer: Writer, annex: int) -> str:
    day = of_day(date.fromisoformat(writer.facts["meeting"]["day"]), writer.language)
    return writer.say("annex_mark", day=day, number=writer.facts["number"], annex=annex)


def attendance(writer: Writer, day: date) -> dict[str, Any]:
    facts = writer.facts
    began = f"{writer.words['began'].lower()} {clock(facts['meeting']['opened_at'])}"
    place = writer.plain(facts["meeting"]["place"])
    return {
        "annex_mark": annex_mark(writer, ATTENDANCE),
        "when": ", ".join(filter(None, (long_day(day, writer.language), began, place))),
        "present": [_attended(writer, row) for row in facts["members"] if row["attended"]],
        "absent": [
            (
                row["name"] or writer.words["vacant"],
                writer.office(row),
                writer.reason(row) if row["name"] else "–",
            )
            for row in facts["members"]
            if not row["attended"]
        ],
        "invited": [(row["name"], writer.office(row)) for row in facts["invited"]],
        "counts": writer.say("sheet_counts", **facts["counts"]),
        "secretary": facts["secretary"]["name"],
    }


def _attended(writer: Writer, row: Facts) -> tuple[str, ...]:
    status = " ".join(filter(None, (writer.words[f"role_{row['role']}"], writer.acting(row))))
    mode = writer.words["on_video" if row["video"] else "in_person"]
    left = clock(row["left_at"]) or "–"
    return (row["name"], writer.office(row), status, mode, clock(row["arrived_at"]), left)


def ballot_list(writer: Writer, row: Facts) -> dict[str, Any]:
    ballot = row["ballot"]
    members = {member["n"]: member for member in writer.facts["members"]}
    opinions = {opinion["name"] for opinion in writer.facts["opinions"] if opinion["order"] == row["order"]}
    totals = (*counted(ballot).values(), *(_count(ballot, choice) for choice in ("none", "absent")))
    return {
        "question": writer.say("question", order=row["order"]),
        "title": writer.text(row["title"]),
        "draft": writer.text(ballot["text"]),
        "rows": [_vote(writer, vote, members[vote["n"]], opinions) for vote in ballot["votes"]],
        "totals": totals,
        "numbers": writer.say(
            "ballot_numbers", **{key: ballot[key] for key in ("total", "present", "needed")}
        ),
        "result": _result(writer, ballot),
        "by_hand": any(vote["by_hand"] for vote in ballot["votes"]),
        "secretary": writer.facts["secretary"]["name"],
        "chair": ballot["chair"],
    }


def _count(ballot: Facts, choice: str) -> int:
    return sum(vote["choice"] == choice for vote in ballot["votes"])


def _vote(writer: Writer, vote: Facts, member: Facts, opinions: Iterable[str]) -> dict[str, Any]:
    mark = "+*" if vote["by_hand"] else "+"
    return {
        "n": vote["n"],
        "name": member["name"] or f"{writer.words['vacant']}: {writer.office(member)}",
        "marks": [mark if vote["choice"] == choice else "" for choice in CHOICES],
        "opinion": "+" if member["name"] and member["name"] in opinions else "",
    }


def _result(writer: Writer, ballot: Facts) -> str:
    if ballot["adopted"] and ballot["reason"] == "casting_vote":
        return writer.words["ballot_by_chair"]
    return writer.words["ballot_adopted" if ballot["adopted"] else "ballot_rejected"]


def opinion(writer: Writer, row: Facts, annex: int) -> dict[str, Any]:
    item = next(item for item in writer.facts["items"] if item["order"] == row["order"])
    adopted = bool(item["ballot"] and item["ballot"]["adopted"])
    who = ", ".join(filter(None, (writer.office(row), row["name"])))
    filed = datetime.fromisoformat(row["filed_at"])
    choice = row["choice"]
    return {
        "annex_mark": annex_mark(writer, annex),
        "statement": writer.say(
            "opinion_adopted" if adopted else "opinion_rejected",
            who=who,
            order=row["order"],
            title=writer.plain(item["title"]),
        ),
        "voted": writer.say("opinion_voted", choice=writer.words[f"choice_{choice}"])
        if choice
        else writer.words["opinion_no_vote"],
        "ground": row["text"].splitlines(),
        "proposal": row["proposal"].splitlines(),
        "name": row["name"],
        "day": long_day(filed.date(), writer.language),
        "received": f"{long_day(filed.date(), writer.language)}, {filed:%H:%M}",
        "secretary": writer.facts["secretary"]["name"],
    }
