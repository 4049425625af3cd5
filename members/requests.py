"""The id of the request being served, for the journal; empty in tasks and commands."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of the request being served, or an empty string outside one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the id of the request being served; the middleware calls it with "" at the end."""
    _request_id.set(value)
