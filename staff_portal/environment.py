"""Settings read from the environment, failing loudly with one clear sentence."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def required(name: str, *, why: str) -> str:
    """Return the variable's text; raise ImproperlyConfigured saying why it is needed."""
    value = str(env.str(name, default=""))
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def database(base: Path, *, demo: bool, debug: bool) -> dict[str, Any]:
    """Return Django's DATABASES entry for DATABASE_URL (sqlite:///… or postgres://…).

    Production on SQLite is refused unless ALLOW_SQLITE=1 says that it is meant.
    """
    url = str(env.str("DATABASE_URL", default=""))
    if not url:
        if not (demo or debug):
            raise ImproperlyConfigured(
                "DATABASE_URL is not set: name the database, postgres://… in production"
            )
        (base / "var").mkdir(exist_ok=True)
        url = f"sqlite:///{base / 'var' / 'portal.sqlite3'}"
    entry: dict[str, Any] = environ.Env.db_url_config(url)
    if entry["ENGINE"].endswith("sqlite3"):
        if not (demo or debug or env.bool("ALLOW_SQLITE", default=False)):
            raise ImproperlyConfigured(
                "DATABASE_URL names SQLite: production wants PostgreSQL; set ALLOW_SQLITE=1 if it is meant"
            )
        # IMMEDIATE takes the write lock at the start, so that check-then-write cannot interleave.
        entry["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            # Else INSERT OR REPLACE deletes a guarded row without asking its trigger.
            "PRAGMA recursive_triggers=ON;",
        }
    else:
        entry["CONN_MAX_AGE"] = 60
        entry["CONN_HEALTH_CHECKS"] = True
    return entry


def files() -> dict[str, Any]:
    """Return Django's entry of STORAGES for uploaded files: a folder, or the bucket that S3_BUCKET names.

    What lies in a bucket is private and goes out through the portal only, never by an address of its own.
    """
    bucket = str(env.str("S3_BUCKET", default=""))
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    why = "S3_BUCKET names a bucket for the files"
    options: dict[str, Any] = {
        "bucket_name": bucket,
        "access_key": required("S3_ACCESS_KEY", why=why),
        "secret_key": required("S3_SECRET_KEY", why=why),
        "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "addressing_style": "path",
        "default_acl": "private",
        "file_overwrite": False,
        "querystring_auth": False,
        "signature_version": "s3v4",
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def one_of(name: str, known: tuple[str, ...], *, default: str) -> str:
    """Return the variable's word; raise ImproperlyConfigured when it is none of `known`."""
    value = str(env.str(name, default=default))
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}: it is one of {', '.join(known)}")
    return value


def hosts(*, demo: bool) -> list[str]:
    """Return Django's ALLOWED_HOSTS; production that answers under any name is refused."""
    names: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if demo else [])
    if "*" in names and not demo:
        raise ImproperlyConfigured("ALLOWED_HOSTS has a star: name the hosts of the portal, without *")
    return names


def cache(*, demo: bool) -> dict[str, Any]:
    """Return Django's entry of CACHES for CACHE_URL; a cache that processes do not share is for the demo."""
    url = str(env.str("CACHE_URL", default="locmemcache://" if demo else ""))
    if not demo and url.partition("://")[0] in {"", "locmemcache", "dummycache"}:
        raise ImproperlyConfigured(
            "CACHE_URL names no cache that all processes share, redis://…: it counts attempts to sign in"
        )
    entry: dict[str, Any] = environ.Env.cache_url_config(url)
    return entry


def mail() -> dict[str, Any]:
    """Return Django's EMAIL_… settings for EMAIL_URL; a mail server is waited for EMAIL_TIMEOUT seconds."""
    entry: dict[str, Any] = env.email("EMAIL_URL", default="consolemail://")
    if entry["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        entry["EMAIL_BACKEND"] = "members.notices.smtp.Backend"
    return entry | {"EMAIL_TIMEOUT": env.int("EMAIL_TIMEOUT", default=20)}


def celery_broker(url: str) -> dict[str, Any]:
    """Return Celery's transport options for the broker: what a killed worker held comes back soon."""
    if url.startswith("filesystem://"):
        folder = str(Path(required("CELERY_FOLDER", why="the filesystem broker keeps its messages there")))
        return {"data_folder_in": folder, "data_folder_out": folder, "control_folder": folder}
    return {"visibility_timeout": 600, "unacked_restore_interval": 1, "unacked_restore_throttle": 1}
