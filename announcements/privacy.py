"""What Informasi holds of people (`partisipasi.residents.privacy`): who wrote and who decided, in office."""

from partisipasi.residents.privacy import acted

from .models import Article, Budget, DocumentVersion, ExemptInformation, Picture, PublicDocument

acted(Article, "written_by", "scheduled_by", "published_by", "archived_by")
acted(Budget, "taken_in_by", "published_by")
acted(Picture, "uploaded_by")
acted(PublicDocument, "written_by", "scheduled_by", "published_by", "archived_by")
acted(DocumentVersion, "added_by", "withdrawn_by")
acted(ExemptInformation, "entered_by", "opened_by")
