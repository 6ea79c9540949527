"""What Informasi holds of people (`partisipasi.residents.privacy`): who wrote, decided and carries out."""

from partisipasi.residents.privacy import acted, register

from .models import (
    Article,
    Budget,
    DocumentVersion,
    ExemptInformation,
    Page,
    Picture,
    Project,
    ProjectEvent,
    PublicDocument,
    Revision,
)

acted(Article, "written_by", "scheduled_by", "published_by", "archived_by")
acted(Budget, "taken_in_by", "published_by")
acted(Page, "written_by", "scheduled_by", "published_by", "archived_by")
acted(Picture, "uploaded_by")
acted(PublicDocument, "written_by", "scheduled_by", "published_by", "archived_by")
acted(DocumentVersion, "added_by", "withdrawn_by")
acted(ExemptInformation, "entered_by", "opened_by")
acted(Project, "made_by", "published_by")
acted(ProjectEvent, "by")
register(
    Project,
    "person",
    export=["name", "starts_on", "ends_on", "percent"],
    kept="Siapa yang melaksanakan pembangunan desa tetap tercatat, tanpa nama Anda.",
)
acted(Revision, "made_by")
