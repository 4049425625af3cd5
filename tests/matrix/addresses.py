"""Every address of the project, as the resolver has them."""

from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


@cache
def addresses() -> dict[str, frozenset[str]]:
    """Return the name of every address with the names of its parameters."""
    return dict(_below(get_resolver(), "", frozenset()))


def _below(
    resolver: URLResolver, space: str, parameters: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    for entry in resolver.url_patterns:
        known = parameters | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            # The admin site's catch-all and its old addresses lead nowhere else, and have no name.
            if entry.name or space != "admin:":
                yield f"{space}{entry.name or entry.pattern}", known
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, inner, known)
