from django.tasks import task

from partisipasi.db import village_task
from tests.papers.models import Paper


@task()
@village_task
def write_paper(title: str) -> None:
    """Writes a paper, or fails for one without a title."""
    if not title:
        raise ValueError("Siti tinggal di RT 001")
    Paper.objects.create(title=title)
