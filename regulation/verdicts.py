"""Answers to "may this happen now?": allowed, or refused with a reason code, the clause and the facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Verdict:
    """True in a condition when allowed. ``reason`` is a code (its sentence lives with the labels),
    ``clause`` a number of the register or "", ``facts`` the numbers and dates that the sentence shows.

    Raises ValueError for a refusal without a reason.
    """

    allowed: bool
    reason: str = ""
    clause: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not self.allowed and not self.reason:
            raise ValueError("a refusal needs a reason")

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Nothing when allowed; raises ``Refused`` with this verdict otherwise."""
        if not self.allowed:
            raise Refused(self)


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An act that a rule does not allow; ``verdict`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict

    def __str__(self) -> str:
        clause = f" (clause {self.verdict.clause})" if self.verdict.clause else ""
        return f"{self.verdict.reason}{clause}"


ALLOWED = Verdict(allowed=True)


def refused(reason: str, clause: str = "", **facts: object) -> Verdict:
    """A refusal: why (a code), by which clause, and the facts its sentence needs."""
    return Verdict(allowed=False, reason=reason, clause=clause, facts=facts)


def refusals(*verdicts: Verdict) -> tuple[Verdict, ...]:
    """All the refusals among the verdicts, in their order, so that a page can show each."""
    return tuple(verdict for verdict in verdicts if not verdict)


def all_of(*verdicts: Verdict) -> Verdict:
    """The first refusal, or ``ALLOWED`` when there is none."""
    return next(iter(refusals(*verdicts)), ALLOWED)
