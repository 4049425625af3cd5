"""Waking the worker without depending on it: what is due stands in the database, the sweep finds it."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# Two short tries: a page must not wait for a broker that is down.
PATIENCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
SECONDS_TO_CONNECT = 1


def wake(task: str, *arguments: object) -> bool:
    """Send the task to the broker and return whether it went; a broker that is down is only logged."""
    options = dict(current_app.conf.broker_transport_options or {}) | PATIENCE
    options |= {"socket_connect_timeout": SECONDS_TO_CONNECT, "socket_timeout": SECONDS_TO_CONNECT}
    try:
        with current_app.connection_for_write(
            connect_timeout=SECONDS_TO_CONNECT, transport_options=options
        ) as connection:
            current_app.send_task(task, args=arguments, connection=connection, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("the broker cannot be reached, the sweep will do %s%s: %s", task, arguments, error)
        return False
    return True
