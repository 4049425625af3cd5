"""`manage.py check --deploy` under the settings of a production installation; also run by `make check`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Names that settings or Python read; whatever the shell holds of them must not leak in.
OURS = frozenset({
    "ALLOWED_HOSTS", "ALLOW_SQLITE", "CACHE_URL", "CELERY_BEAT_FILE", "CELERY_BROKER_URL", "CELERY_FOLDER",
    "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG", "DEFAULT_FROM_EMAIL", "DEMO", "DJANGO_SETTINGS_MODULE",
    "EMAIL_TIMEOUT", "EMAIL_URL", "LOG_LEVEL", "MEDIA_ROOT", "PORTAL_URL", "PROXY_COUNT", "SECOND_FACTOR",
    "SECRET_KEY", "SECURE_SSL_REDIRECT", "STATIC_ROOT", "SWEEP_SECONDS", "TESTING",
})  # fmt: skip


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment of a production installation; a change to None leaves the variable out."""
    values: dict[str, str | None] = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "postgres://portal@database.example/portal",
        "CELERY_BROKER_URL": "redis://queue.example:6379/0",
        "CACHE_URL": "redis://queue.example:6379/1",
        "PORTAL_URL": "https://portal.example",
        **changes,
    }
    rest = {name: value for name, value in os.environ.items() if name not in OURS}
    return rest | {name: value for name, value in values.items() if value is not None}


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with `words` in the environment of `changes`; return what it said."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    print(done.stdout.strip())
    sys.exit(done.returncode)
