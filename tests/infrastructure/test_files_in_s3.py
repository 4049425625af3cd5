"""Materials in an S3-compatible store, over HTTP, as the settings of the environment name it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from meetings.models import Material
from staff_portal.environment import files
from tests import stage as scene

pytestmark = pytest.mark.once

BUCKET = "materials-of-tests"
KEYS = {"S3_BUCKET": BUCKET, "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret", "S3_REGION": "us-east-1"}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Any]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in (KEYS | {"S3_ENDPOINT_URL": address}).items():
        monkeypatch.setenv(name, value)
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=address, **access)
    client.create_bucket(Bucket=BUCKET)
    settings.STORAGES = settings.STORAGES | {"default": files()}
    yield client
    storages["default"].connection.meta.client.close()
    client.close()
    server.stop()


@pytest.mark.django_db
def test_a_material_is_kept_in_the_bucket_and_handed_out_by_the_portal(bucket: Any) -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    material = Material.objects.get()
    kept = bucket.get_object(Bucket=BUCKET, Key=material.file.name)
    assert kept["Body"].read() == scene.PDF
    response = scene.signed_in(stage.secretary).get(
        f"/test-staff/meetings/{meeting.key}/materials/{material.pk}/"
    )
    assert b"".join(response.streaming_content) == scene.PDF
    grants = bucket.get_object_acl(Bucket=BUCKET, Key=material.file.name)["Grants"]
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    assert "X-Amz" not in material.file.url


def test_a_bucket_without_its_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_BUCKET", BUCKET)
    monkeypatch.delenv("S3_ACCESS_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="S3_ACCESS_KEY"):
        files()


def test_without_a_bucket_files_lie_in_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("S3_BUCKET", raising=False)
    assert files() == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
