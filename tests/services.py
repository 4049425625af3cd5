"""PostgreSQL and Redis for tests: own servers on unix sockets in a temporary folder, as root or as a user."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path


class ServiceError(Exception):
    """A server did not start; the text says why."""


class Postgres:
    """A cluster with Kazakh sorting; it refuses to run as root, who therefore runs it as postgres."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pg"
        self.url = f"postgres://postgres@/{self.folder}/portal"

    def start(self) -> None:
        """Make the cluster and start it; it accepts connections on return."""
        self.folder.mkdir()
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.folder.parent.chmod(0o711)
        locale = ["--locale-provider=icu", "--icu-locale=kk-KZ", "--locale=C.UTF-8", "--encoding=UTF8"]
        self._call("initdb", "--username=postgres", "--auth=trust", "--no-sync", *locale)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            # Nothing of it must survive a power cut.
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._call("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop the cluster if it runs."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._call("pg_ctl", "-w", "-m", "immediate", "stop")

    def _call(self, program: str, *words: str) -> None:
        as_account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        done = subprocess.run(
            [
                *(as_account if os.geteuid() == 0 else []),
                _binary(program),
                "-D",
                self.folder / "data",
                *words,
            ],
            cwd="/",
            stdin=subprocess.DEVNULL,
            # A file, not a pipe: the server would keep a pipe open for ever.
            stdout=(self.folder.parent / "postgres.log").open("ab"),
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            said = (self.folder.parent / "postgres.log").read_text()[-500:].strip()
            raise ServiceError(f"{program} failed (PostgreSQL 15 or newer is needed): {said}")


class Redis:
    """A server without files of its own; the cache uses another of its databases than the queue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.broker_url = f"redis+socket://{self.socket}"
        self.cache_url = f"redis://{self.socket}?db=1"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server; its socket is there on return."""
        words = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.folder)]
        with (self.folder / "redis.log").open("wb") as log:
            self.process = subprocess.Popen(
                ["redis-server", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(200):
            if self.socket.exists():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise ServiceError(f"redis-server did not start: {(self.folder / 'redis.log').read_text()[-500:]}")

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)


def _binary(program: str) -> str:
    """Return the path of the newest PostgreSQL's `program`; Debian keeps it off PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(versions, key=lambda path: float(path.parent.name))[-1:]
    found = shutil.which(program, path=str(newest[0])) if newest else shutil.which(program)
    return found or program
