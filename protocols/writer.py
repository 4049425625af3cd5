"""Facts said in one language: plain texts, no markup."""

from datetime import datetime
from typing import NamedTuple

from protocols.facts import Facts
from protocols.wording import WORDS


class Text(NamedTuple):
    """A text in the document's language, or in the other one with a note that says so."""

    text: str
    language: str
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Line(NamedTuple):
    """A label and what stands after it."""

    label: str
    text: str


_NOTHING = {"kk": "", "ru": ""}


class Writer:
    """Says facts in one language. The result is plain values for the template, in the order of T1."""

    def __init__(self, facts: Facts, language: str) -> None:
        self.facts, self.language, self.words = facts, language, WORDS[language]

    def say(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def text(self, both: dict[str, str]) -> Text:
        other = "ru" if self.language == "kk" else "kk"
        if both[self.language] or not both[other]:
            return Text(both[self.language], self.language)
        return Text(both[other], other, self.words[f"only_{other}"])

    def sentence(self, both: dict[str, str]) -> Text:
        """The text with a full stop, which whoever typed it may have left out."""
        found = self.text(both)
        text = found.text.strip()
        return found._replace(text=f"{text}." if text and text[-1] not in ".!?…" else text)

    def plain(self, both: dict[str, str]) -> str:
        return self.text(both).text

    def person(self, row: Facts) -> str:
        """«А. Тегі – лауазымы, ұйымы»; a seat nobody held is named by its office."""
        return " – ".join(filter(None, (row["name"] or self.words["vacant"], self.office(row))))

    def office(self, row: Facts) -> str:
        return ", ".join(
            filter(None, (self.plain(row["office"]), self.plain(row.get("organisation", _NOTHING))))
        )

    def acting(self, row: Facts) -> str:
        """«(м.а., бұйрық …)» for who performs the office by an order; nothing for who holds it."""
        return self.say("acting", order=row["acting_order"]) if row["acting_order"] else ""

    def reason(self, row: Facts) -> str:
        return row["reason"] or self.words["no_reason"]


def counted(ballot: Facts) -> dict[str, int]:
    """Return the votes of a ballot by choice."""
    return {choice: ballot[choice] for choice in ("for", "against", "abstained")}


def clock(moment: str) -> str:
    """Return the local time of an ISO moment as «15:00»; nothing for no moment."""
    return f"{datetime.fromisoformat(moment):%H:%M}" if moment else ""
