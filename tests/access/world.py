"""One row of everything that an address may name, in the states that matter, and everybody who may ask for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from announcements.models import MenuItem
from attendance.models import ListImport, Registration
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.ledger.models import Entry
from partisipasi.portal.models import Origin, PrivacyRequest
from partisipasi.residents.models import (
    Appointment,
    Consent,
    Person,
    Role,
    SheetImport,
    User,
    VerificationLetter,
)
from partisipasi.village.models import Area, FailedWork, Holiday, LetterNumber, Region, Village
from tests import factories
from tests.announcements import factories as announcements
from tests.attendance import factories as attendance
from tests.feedback import factories as feedback
from tests.forums import factories as forums

ANONYMOUS, GUEST, RESIDENT, VERIFIED, NEIGHBOUR, HAMLET2, OWNER = (
    "anonymous",
    "guest",
    "resident",
    "verified",
    "neighbour",
    "head of another hamlet",
    "owner",
)
ROLES = frozenset(role.value for role in Role)
EVERYBODY = frozenset({ANONYMOUS, GUEST, RESIDENT, VERIFIED, NEIGHBOUR, HAMLET2, OWNER}) | ROLES
SIGNED_IN = EVERYBODY - {ANONYMOUS}
OFFICIALS = ROLES | {HAMLET2, OWNER}
NOBODY: frozenset[str] = frozenset()


@dataclass
class World:
    """Two villages; the rows are ours, but for those that say otherwise."""

    village: Village
    neighbour: Village
    hamlet: Region
    rows: dict[str, Any]

    def visitor(self, name: str) -> User | None:
        if name == ANONYMOUS:
            return None
        if name == GUEST:
            return factories.make_user()
        if name == HAMLET2:
            return factories.make_official(Role.HAMLET_HEAD, region=factories.make_region())
        if name == OWNER:
            return User.objects.create_superuser("pemilik", factories.PASSWORD)
        if name == NEIGHBOUR:
            with village_scope(self.neighbour):
                return factories.make_official(Role.ADMIN)
        if name in ROLES:
            region = self.hamlet if name == Role.HAMLET_HEAD else None
            return factories.make_official(Role(name), region=region)
        return factories.make_resident(verified_at=clock.now() if name == VERIFIED else None)


def build(village: Village, neighbour: Village) -> World:
    hamlet = factories.make_region()
    official = factories.make_official(Role.ADMIN)
    published, draft = announcements.make_article(by=official), announcements.make_draft(by=official)
    topic = forums.make_topic()
    held = forums.make_post(topic, author=factories.make_resident())
    forum, hamlet_forum = forums.make_forum(), forums.make_forum(region=hamlet)
    archived_forum = forums.make_forum()
    spoken = {
        "open_topic": forums.start_topic(forum),
        "hamlet_topic": forums.start_topic(hamlet_forum),
        "held_topic": forums.start_topic(forum, author=factories.make_resident()),
        "hamlet_held_topic": forums.start_topic(hamlet_forum, author=factories.make_resident()),
        "locked_topic": forums.start_topic(forum),
        "hidden_topic": forums.start_topic(forum),
        "archived_topic": forums.start_topic(archived_forum),
    }
    spoken["locked_topic"].lock(by=official, reason="Sudah dijawab.")
    spoken["hidden_topic"].take_down(by=official, reason="Iklan.")
    archived_forum.archive(by=official)
    activity = attendance.make_activity(
        region=hamlet, kind=attendance.make_kind(signs_on_screen=True, by_invitation=True)
    )
    released_report = feedback.make_released_with_photos(by=official)
    message_list = factories.make_message_list(by=official)
    refused = feedback.make_report(region=hamlet)
    refused.reject("Bukan urusan desa.", by=official)
    closed = feedback.make_report(region=hamlet)
    closed.answer("Sudah diperbaiki.", by=official)
    closed.close(by=official)
    scheduled = announcements.make_draft(by=official)
    scheduled.schedule(clock.now() + timedelta(days=2), by=official)
    archived = announcements.make_article(by=official)
    archived.archive("Sudah tidak berlaku.", by=official)
    revised = announcements.make_article(by=official)
    announcements.make_gallery_picture(revised, caption="Pagi hari")
    revised.title = "Judul yang dibetulkan"
    revised.revise(by=official, correction="Judulnya keliru.")
    revised.make_urgent(clock.now() + timedelta(days=2), by=official)
    called_off, over = attendance.make_activity(region=hamlet), attendance.make_activity(region=hamlet)
    called_off.cancel("Hujan.", by=official)
    over.close(official)
    hidden_post, withdrawn_post = forums.make_post(topic), forums.make_post(topic)
    hidden_post.hide(by=official, reason="Iklan.")
    withdrawn_post.withdraw(by=withdrawn_post.author)
    drafted = attendance.make_activity(region=hamlet)
    attendance.make_minutes(drafted, by=official, published=False)
    minutes = attendance.make_minutes(by=official, region=hamlet)
    series = attendance.make_series(region=hamlet)
    training = attendance.make_training(activity)
    certificate = attendance.make_certificate(region=hamlet)
    document = announcements.make_document(by=official)
    document.revise(announcements.make_words("Versi kedua."), change="Diperbaiki.", by=official)
    document.versions.get(number=1).withdraw("Salah berkas.", by=official)
    document_archived = announcements.make_document(by=official)
    document_archived.archive("Sudah tidak berlaku.", by=official)
    decided = PrivacyRequest.objects.file("perbaikan", user=factories.make_resident())
    decided.refuse("Data sudah benar.", by=official)
    letter = factories.make_letter(factories.make_person(region=hamlet))
    VerificationLetter.objects.redeem(letter.code, by=factories.make_user())
    rows = {
        "refused_report": refused,
        "closed_report": closed,
        "held_report": feedback.make_report(region=hamlet, held=True),
        "scheduled": scheduled,
        "budget": (budget := announcements.make_budget()),
        "announcements.budget": budget,
        "announcements.page": announcements.make_page(by=official),
        "page_draft": announcements.make_page(by=official, published=False),
        "announcements.menuitem": MenuItem.objects.create(label="Berita", address="/informasi/"),
        "document": document,
        "announcements.publicdocument": document,
        "document_draft": announcements.make_document(by=official, published=False),
        "document_archived": document_archived,
        "announcements.exemptinformation": announcements.make_exempt(by=official),
        "budget_draft": announcements.make_budget(year=2024, published=False),
        "project": (project := announcements.make_project(region=hamlet)),
        "announcements.project": project,
        "project_draft": announcements.make_project(region=hamlet, published=False),
        "finished_project": announcements.make_handed_over(region=hamlet),
        "archived": archived,
        "scheduled_attachment": announcements.make_attachment(scheduled),
        "archived_attachment": announcements.make_attachment(archived),
        "cancelled_activity": called_off,
        "closed_activity": over,
        "drafted_activity": drafted,
        "minuted_activity": minutes.activity,
        "follow_up": attendance.make_follow_up(minutes, by=official),
        "hidden_post": hidden_post,
        "withdrawn_post": withdrawn_post,
        "decided_request": decided,
        "used_letter": letter.letter,
        "entry": Entry.objects.order_by("-number").first(),
        "portal.privacyrequest": PrivacyRequest.objects.file("perbaikan", user=factories.make_resident()),
        "consent": Consent.objects.give(factories.make_resident(), "kontak"),
        "activity": activity,
        "session": activity.sessions.get(),
        "activity_draft": attendance.make_activity(region=hamlet, announced=False),
        "wide_activity": attendance.make_activity(),
        "invitation": attendance.make_invitation(activity),
        "registration": Registration.objects.create(
            activity=activity, name="Tamu Terdaftar", nonce=uuid4(), how=Registration.How.CODE
        ),
        "attendance": attendance.make_attendance(activity),
        "signature": attendance.make_signature(activity, by=official),
        "scan": attendance.make_signed_scan(activity, by=official),
        "list_import": ListImport.objects.create(
            session=activity.sessions.get(),
            headings=["Nama"],
            meant=["nama"],
            cells=[[2, "Budi"]],
            made_by=official,
        ),
        "public_evidence": activity.add_evidence(
            announcements.make_pdf(text="umum"),
            kind="berita-acara",
            title="Risalah",
            by=official,
            is_public=True,
        ),
        "internal_evidence": activity.add_evidence(
            announcements.make_pdf(text="rahasia"), kind="berita-acara", title="Pindaian", by=official
        ),
        "released_report": released_report,
        "released_photo": released_report.photos.get(is_released=True),
        "withheld_photo": released_report.photos.get(is_released=False),
        "feedback.report": feedback.make_report(region=hamlet),
        "feedback.category": feedback.make_category(),
        "report": feedback.make_report(region=hamlet),
        "wide_report": feedback.make_report(),
        "secret_report": feedback.make_report(
            reporter=factories.make_resident(), disclosure="rahasia", region=hamlet
        ),
        "series": series,
        "attendance.activityseries": series,
        "unpaid": attendance.make_pay_list(activity, by=official),
        "attendance.paylist": attendance.make_pay_list(activity, by=official),
        "attendance.postponement": attendance.make_postponement(activity, by=official),
        "attendance.activity": activity,
        "attendance.activitykind": activity.kind,
        "attendance.training": training,
        "certificate": certificate,
        "attendance.competence": attendance.make_competence(),
        "draft_training": attendance.make_training(region=hamlet, announced=False),
        "village.failedwork": FailedWork.objects.create(name="notices.send", failures=3, error="OSError"),
        "published": published,
        "origin": Origin.objects.create(
            table="artikel",
            key="7",
            model=published._meta.label,
            object_id=published.pk,
            address="alamat-lama",
        ),
        "draft": draft,
        "revised": revised,
        "attachment": announcements.make_attachment(published),
        "draft_attachment": announcements.make_attachment(draft),
        "picture": announcements.make_picture(),
        "public_file": announcements.make_stored(announcements.make_upload(color="navy")),
        "topic": topic,
        "post": forums.make_post(topic),
        "held_post": held,
        "announcements.article": published,
        "announcements.category": published.category,
        "announcements.picture": announcements.make_picture(),
        "forums.post": spoken["hamlet_held_topic"].posts.get(),
        "forums.topic": spoken["hamlet_topic"],
        "forums.forum": hamlet_forum,
        "forum": forum,
        "archived_forum": archived_forum,
        **spoken,
        **{f"{key}_post": topic.posts.get() for key, topic in spoken.items()},
        "message_list": message_list,
        "message": message_list.messages.get(),
        "notice": factories.make_notice(official),
        "follow": factories.make_follow(official),
        "residents.person": factories.make_person(region=hamlet),
        "residents.verificationletter": factories.make_letter(factories.make_person(region=hamlet)).letter,
        "sheet_import": SheetImport.objects.create(
            kind="orang", columns=[], rows=[], errors=[], made_by=official
        ),
        "residents.body": factories.make_body(region=hamlet),
        "residents.unsur": factories.make_unsur(),
        "residents.appointment": Appointment.objects.get(person=Person.objects.of(official)),
        "village.region": hamlet,
        "village.holiday": Holiday.objects.create(
            on="2026-08-17", name="Hari Kemerdekaan", kind=Holiday.Kind.NATIONAL
        ),
        "village.letternumber": LetterNumber.objects.create(
            book="surat", year=2026, number=1, text="1/2026", subject="Undangan", given_on=clock.today()
        ),
        "village.village": village,
        "village.area": Area.objects.create(code="99", level=Area.Level.PROVINCE, name="Jawa Dwipa"),
    }
    return World(village, neighbour, hamlet, rows)
