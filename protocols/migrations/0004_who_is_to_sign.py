from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from members.guards import migration
from protocols.guards import GUARDS


class Migration(migrations.Migration):
    """An edition keeps who is to sign it: who chaired, or who performs the duties of the absent head."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("protocols", "0003_guards_of_the_meeting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="edition",
            name="signer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions_to_sign",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who is to sign",
            ),
        ),
        migrations.RunPython(*migration(GUARDS)),
    ]
