"""What time alone makes due: things appear, visitors are forgotten, ended terms and late projects are told."""

from django.urls import reverse

from partisipasi import clock
from partisipasi.residents import notices

from .models import Article, DayKey, ExemptInformation, Page, Project, PublicDocument


@clock.due("announcements.publish")
def publish_scheduled() -> int:
    """Publish each article whose time has come, as by whoever scheduled it; the verb's row lock makes it once."""
    published = 0
    for article in Article.objects.due().order_by("scheduled_at", "pk"):
        published += article.publish_as_scheduled()
    return published


@clock.due("announcements.forget_visitors")
def forget_visitors() -> int:
    """Fold the readings of days gone by into their articles and forget the keys."""
    return sum(day.forget() for day in DayKey.objects.over(clock.today()).order_by("on"))


@clock.due("announcements.publish_documents")
def publish_scheduled_documents() -> int:
    """The same for public documents."""
    waiting = PublicDocument.objects.due().order_by("scheduled_at", "pk")
    return sum(document.publish_as_scheduled() for document in waiting)


@clock.due("announcements.publish_pages")
def publish_scheduled_pages() -> int:
    """The same for pages."""
    return sum(page.publish_as_scheduled() for page in Page.objects.due().order_by("scheduled_at", "pk"))


@clock.due("announcements.exempt_terms")
def tell_ended_exemptions() -> int:
    """Tell PPID, once for each term, of exempt information that may have to be opened now."""
    told = 0
    for each in ExemptInformation.objects.past_term(clock.today()).in_list():
        told += notices.tell_officials(
            "announcements.change_exemptinformation",
            "document_care",
            f"Jangka waktu pengecualian berakhir dan perlu ditinjau: {each}.",
            path=reverse("announcements:exempt_list"),
            key=f"dikecualikan:{each.pk}:{each.until_on}",
        )
    return told


@clock.due("announcements.document_retention")
def tell_ended_retention() -> int:
    """Tell PPID, once for each term, of documents whose time in the archive is over."""
    told = 0
    for document in PublicDocument.objects.past_retention(clock.today()).in_list():
        told += notices.tell_officials(
            "announcements.change_publicdocument",
            "document_care",
            f"Masa simpan dokumen berakhir dan perlu ditinjau: {document}.",
            path=document.get_absolute_url(),
            key=f"dokumen:{document.pk}:simpan:{document.kept_until}",
        )
    return told


@clock.due("announcements.note_late_projects")
def note_late_projects() -> int:
    """Let everybody see which projects are past their planned end, and tell who answers for them, once for each end."""
    late = Project.objects.newly_past_end(clock.today()).select_related("region", "person", "body")
    return sum(project.note_past_end() for project in late.order_by("ends_on", "pk"))


@clock.due("announcements.note_silent_projects")
def note_silent_projects() -> int:
    """Tell who answers for projects of which nothing was heard for long."""
    silent = Project.objects.newly_silent(clock.today()).select_related("region", "person", "body")
    return sum(project.note_silence() for project in silent.order_by("pk"))
