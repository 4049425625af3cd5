"""Wiring: settings, addresses, Celery, base page parts."""

from staff_portal.celery import app as celery_app

__all__ = ["celery_app"]
