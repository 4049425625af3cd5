"""The agenda in the words of one language: plain texts, no markup; the PDF shows them (T2)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from meetings.facts.agenda import NOTED, starts_of_content
from meetings.models import AgendaVersion, Meeting
from meetings.states import AgendaState
from meetings.wording import WORDS, basis_sentence
from members.days import known, local_text, long_day


class Text(NamedTuple):
    """A text in the document's language, or in the other one with a note that says so."""

    text: str
    language: str
    note: str = ""

    def __str__(self) -> str:
        return self.text


class _Writer:
    """Says frozen content in one language."""

    def __init__(self, language: str) -> None:
        self.language = known(language)
        self.words = WORDS[self.language]

    def say(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def text(self, row: Mapping[str, Any], field: str) -> Text:
        other = "ru" if self.language == "kk" else "kk"
        own, foreign = row[f"{field}_{self.language}"], row[f"{field}_{other}"]
        if own or not foreign:
            return Text(own, self.language)
        return Text(foreign, other, self.words[f"only_{other}"])

    def day(self, day: date) -> str:
        return long_day(day, self.language)


def agenda_paper(
    meeting: Meeting, content: Mapping[str, Any], language: str, *, version: AgendaVersion | None = None
) -> dict[str, Any]:
    """Return the agenda with the list of the invited in `language` for templates/documents/agenda.html.

    `content` is what `facts.frozen_agenda` gave; without an approved `version` it is marked as a draft.
    """
    writer = _Writer(language)
    noted = content.get(NOTED, {})
    return {
        "language": writer.language,
        "words": writer.words,
        "staff": local_text(meeting.staff, "name", writer.language)[0],
        "stamp": _stamp(writer, version),
        "mark": _mark(writer, version),
        "head": _head(writer, content),
        "items": _items(writer, content, noted.get("materials", {})),
        "total": _total(writer, content),
        "as_of": writer.say("as_of", day=writer.day(date.fromisoformat(noted["on"]))) if noted else "",
        "count": _count(writer, content),
        "drafter": noted.get("drafter", {"name": "", "phone": ""}),
        "invited": [_invited(writer, person) for person in content["invited"]],
        "digest": version.sha256 if version else "",
    }


def _stamp(writer: _Writer, version: AgendaVersion | None) -> dict[str, str]:
    """Return the lines of «БЕКІТЕМІН / УТВЕРЖДАЮ», empty for what is not approved."""
    if version is None or version.state != AgendaState.APPROVED or version.decided_at is None:
        return {}
    return {
        "word": writer.words["approve"],
        "office": writer.words["instead" if version.ground else "head"],
        "ground": writer.say("ground", ground=version.ground) if version.ground else "",
        "name": version.decided_by.name if version.decided_by else "",
        "day": writer.day(timezone.localdate(version.decided_at)),
    }


def _mark(writer: _Writer, version: AgendaVersion | None) -> str:
    if version is None:
        return writer.words["draft"]
    number = writer.say("version", number=version.number)
    if version.state == AgendaState.APPROVED:
        return number
    word = "returned" if version.state == AgendaState.RETURNED else "draft"
    return f"{writer.words[word]}, {number}"


def _head(writer: _Writer, content: Mapping[str, Any]) -> dict[str, str]:
    kind = writer.words["kind_urgent" if content["urgent_ground"] else f"kind_{content['kind']}"]
    day = date.fromisoformat(content["day"])
    return {
        "kind": f"{kind} ({writer.words['field']})" if content["is_field"] else kind,
        "when": writer.say("at", day=writer.day(day), time=content["starts_at"]),
        "where": "; ".join(
            filter(
                None, (writer.text(content, "place").text, writer.words.get(f"mode_{content['mode']}", ""))
            )
        ),
        "languages": writer.words["state_and_russian" if _is_in_russian(content) else "state"],
        "urgent": content["urgent_ground"],
        "invited_to": writer.say("invited_to", day=writer.day(day)),
    }


def _is_in_russian(content: Mapping[str, Any]) -> bool:
    """Whether any question of the agenda is worded in Russian; the state language is always one (19)."""
    return any(item["title_ru"] for item in content["items"])


def _items(
    writer: _Writer, content: Mapping[str, Any], materials: Mapping[str, str]
) -> list[dict[str, object]]:
    return [
        {
            "order": item["order"],
            "title": writer.text(item, "title"),
            "kind": writer.words.get(f"kind_{item['kind']}", ""),
            "speaker": writer.text(item, "speaker"),
            "co_speakers": writer.text(item, "co_speakers"),
            "starts": f"{start:%H:%M}",
            "minutes": writer.say("minutes", minutes=item["minutes"]),
            "basis": basis_sentence(item["basis"], writer.language),
            "materials": writer.words[f"materials_{materials.get(str(item['order']), 'none')}"],
        }
        for item, start in zip(content["items"], starts_of_content(content), strict=True)
    ]


def _total(writer: _Writer, content: Mapping[str, Any]) -> str:
    minutes = sum(item["minutes"] for item in content["items"])
    end = datetime.fromisoformat(f"{content['day']}T{content['starts_at']}") + timedelta(minutes=minutes)
    return writer.say("total", minutes=minutes, time=f"{end:%H:%M}")


def _count(writer: _Writer, content: Mapping[str, Any]) -> str:
    count = len(content["invited"])
    return writer.say("count", count=count) if count else writer.words["nobody"]


def _invited(writer: _Writer, person: Mapping[str, Any]) -> dict[str, object]:
    member = writer.text(person, "stands_in").text
    return {
        "name": person["name"],
        "office": writer.text(person, "office"),
        "items": ", ".join(f"№\u00a0{order}" for order in person["items"]) or writer.words["whole"],
        "stand_in": writer.say("stand_in", office=member) if member else "",
    }
