"""How an address names a meeting: "4-2026", or before it has a number "2026-12-17"."""


class MeetingKey:
    """`number-year` or an ISO date, with an ordinal for the second meeting of a day."""

    regex = r"[1-9]\d{0,3}-\d{4}|\d{4}-\d{2}-\d{2}(?:-\d{1,2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
