"""How an address names a meeting, "4-2026" or before it has a number "2026-12-17", and a language."""


class LanguageCode:
    """One of the two languages, where the address and not the reader chooses it: public pages."""

    regex = "kk|ru"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MeetingKey:
    """`number-year` or an ISO date, with an ordinal for the second meeting of a day."""

    regex = r"[1-9]\d{0,3}-\d{4}|\d{4}-\d{2}-\d{2}(?:-\d{1,2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PlanKey:
    """How an address names a half-year plan: "2027-1" is that of the first half of 2027."""

    regex = r"\d{4}-[12]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NoteKey:
    """`number-year` of a justification note."""

    regex = r"[1-9]\d{0,4}-\d{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
