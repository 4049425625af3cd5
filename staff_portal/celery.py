"""The Celery application: it only wakes work; what is due stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staff_portal.settings")

app = Celery("staff_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
