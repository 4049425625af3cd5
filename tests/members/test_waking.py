"""Waking the worker never fails and never keeps a page waiting."""

import socket

import pytest
from celery import current_app

from members import waking


@pytest.mark.parametrize("kind", ["refused", "silent"])
def test_a_broker_that_is_down_keeps_nobody_waiting(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if kind == "silent":
            listener.listen()
        address = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        monkeypatch.setitem(current_app.conf.changes or {}, "broker_write_url", address)
        # With a broker that listens and says nothing this comes back only because the waiting is bounded.
        went = waking.wake("members.tasks.deliver")
    assert not went
