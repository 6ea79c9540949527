from django.tasks import task

from partisipasi.db import village_task


@task()
@village_task
def read_version(pk: int) -> None:
    """Read the words of a version's file, so that search finds it; gone in the meantime: nothing."""
    from .models import DocumentVersion

    version = DocumentVersion.objects.standing().filter(pk=pk).select_related("file", "document").first()
    if version:
        version.read()
