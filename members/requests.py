"""The id of the request being served, for the journal (empty in tasks and commands); where it came from."""

from contextvars import ContextVar

from django.http import HttpRequest

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Return the id of the request being served, or an empty string outside one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the id of the request being served; the middleware calls it with "" at the end."""
    _request_id.set(value)


def came_from(request: HttpRequest) -> str:
    """Return the path of the page of the portal that the request was sent from; empty for any other."""
    origin = f"{request.scheme}://{request.get_host()}"
    referrer = request.headers.get("Referer", "")
    return referrer.removeprefix(origin) if referrer.startswith(f"{origin}/") else ""
