"""A small SMTP server in a thread: it takes letters, or misbehaves as the test wishes."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message


@dataclass
class MailServer:
    """What the server does, and what it saw; `letters` holds those it kept, with their one recipient.

    `refused`: addresses answered with 550. `silent`: says nothing at all. `hangs_up_after`: the connection
    ends instead of an answer when the letter after that many has come, which `keeps_the_last` or not.
    `breaks_off`: the connection ends while the letter is being written.
    """

    refused: set[str] = field(default_factory=set)
    silent: bool = False
    hangs_up_after: int | None = None
    keeps_the_last: bool = True
    breaks_off: bool = False
    letters: list[tuple[str, Message]] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        """The addresses that got a letter, sorted, one entry per letter."""
        return sorted(address for address, _letter in self.letters)

    def talk(self, client: socket.socket, stop: threading.Event) -> None:
        """Serve one connection until it ends."""
        self.connections += 1
        if self.silent:
            stop.wait()
            return
        lines = client.makefile("rb")
        say = _sayer(client)
        say("220 ready")
        recipient = ""
        for line in lines:
            words = line.decode().strip()
            if words.upper().startswith("RCPT"):
                recipient = words.partition("<")[2].partition(">")[0]
                say("550 no such box" if recipient in self.refused else "250 ok")
            elif words.upper() == "DATA":
                say("354 go on")
                if self.breaks_off:
                    return
                if not self._take(recipient, lines):
                    return
                say("250 kept")
            elif words.upper() == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _take(self, recipient: str, lines: Iterator[bytes]) -> bool:
        body = b""
        for line in lines:
            if line == b".\r\n":
                break
            body += line
        hangs_up = self.hangs_up_after is not None and len(self.letters) >= self.hangs_up_after
        if not hangs_up or self.keeps_the_last:
            self.letters.append((recipient, message_from_string(body.decode())))
        if hangs_up:
            self.hangs_up_after = None
        return not hangs_up


def _sayer(client: socket.socket) -> Callable[[str], None]:
    return lambda text: client.sendall(f"{text}\r\n".encode())


@contextlib.contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """Let the server listen on a free port of this machine; it ends with the block."""
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]

    def serve() -> None:
        while not stop.is_set():
            try:
                client, _address = listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                server.talk(client, stop)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        # Wakes the accept() that waits.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            pass
        listener.close()
        thread.join(5)
