from typing import Any

from django.db import connection
from django_tasks_db.management.commands.db_worker import Command as StockCommand

from partisipasi.village.task_care import WORKER


class Command(StockCommand):
    """The task worker, its database connection named after it, so that `due` notices when it was killed."""

    def handle(self, *args: Any, worker_id: str, **options: Any) -> None:
        connection.close()
        connection.settings_dict["OPTIONS"]["application_name"] = f"{WORKER}{worker_id}"[:63]
        super().handle(*args, worker_id=worker_id, **options)
