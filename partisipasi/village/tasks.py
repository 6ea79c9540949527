from django.tasks import task

from partisipasi.village.models import Heartbeat


@task(priority=100)
def beat() -> None:
    """Show that the task worker lives. `due` asks for it each time."""
    Heartbeat.beat("tasks")
