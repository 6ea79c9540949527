"""Who may reach which address: default deny. An address that does not stand here fails the test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from attendance import registered_codes
from attendance.invited_codes import code_of
from attendance.phone_codes import shown
from partisipasi.residents.models import Role

from .world import ANONYMOUS, EVERYBODY, GUEST, HAMLET2, NEIGHBOUR, NOBODY, OFFICIALS, OWNER, SIGNED_IN, World

Args = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """One address in one state: its name, who gets through, and of which row it speaks."""

    name: str
    who: frozenset[str]
    args: Args = lambda world: {}
    state: str = ""
    method: str = "get"

    def __str__(self) -> str:
        return f"{self.name} ({self.state})" if self.state else self.name


def those(*roles: Role) -> frozenset[str]:
    return frozenset(role.value for role in roles) | {OWNER}


def row(key: str, **fields: str) -> Args:
    """Arguments of an address taken from a row: `slug="slug"`, `pk="pk"`."""
    return lambda world: {name: getattr(world.rows[key], attribute) for name, attribute in fields.items()}


def in_budget(key: str, **rest: str) -> Args:
    return lambda world: {"year": world.rows[key].year} | rest


def of_document(key: str, number: int) -> Args:
    return lambda world: {"slug": world.rows[key].slug, "number": number, "name": "berkas.txt"}


def deed(key: str, act: str) -> Args:
    return lambda world: {"slug": world.rows[key].slug, "act": act}


def of_pay_list(key: str = "attendance.paylist") -> Args:
    return row(key, pk="activity_id", pay_pk="pk")


def of_invitation(world: World) -> dict[str, Any]:
    return {"pk": world.rows["activity"].pk, "invitation_pk": world.rows["invitation"].pk}


def of_registration(world: World) -> dict[str, Any]:
    return {"pk": world.rows["activity"].pk, "registration_pk": world.rows["registration"].pk}


def of_list_import(world: World) -> dict[str, Any]:
    return {"pk": world.rows["activity"].pk, "import_pk": world.rows["list_import"].pk}


def of_certificate(world: World) -> dict[str, Any]:
    certificate = world.rows["certificate"]
    return {"pk": certificate.training.activity_id, "certificate_pk": certificate.pk}


def of_message(world: World) -> dict[str, Any]:
    return {"pk": world.rows["message_list"].pk, "message_pk": world.rows["message"].pk}


def attachment(key: str) -> Args:
    return lambda world: {
        "slug": world.rows[key].article.slug,
        "pk": world.rows[key].pk,
        "name": "daftar-hadir.pdf",
    }


def photo_of(key: str) -> Args:
    return lambda world: {"code": world.rows["released_report"].code, "pk": world.rows[key].pk}


ADMIN, OPERATOR, MODERATOR, SECRETARY = Role.ADMIN, Role.OPERATOR, Role.MODERATOR, Role.SECRETARY
HEAD, HAMLET, BPD, SUPERVISOR = Role.VILLAGE_HEAD, Role.HAMLET_HEAD, Role.BPD_CHAIR, Role.SUPERVISOR

RUN_LISTS = those(SECRETARY, ADMIN, HEAD, BPD, HAMLET, Role.PROJECT_TEAM)
SEE_ACTIVITIES = RUN_LISTS | those(OPERATOR, SUPERVISOR)
SETTLE_PAY = those(Role.TREASURER, SECRETARY, ADMIN)
PREPARE_PAY = SETTLE_PAY | those(Role.PROJECT_TEAM, HAMLET)
SEE_PAY = PREPARE_PAY | those(HEAD, SUPERVISOR)
PUBLISH_MINUTES = those(SECRETARY, ADMIN, HEAD, BPD, HAMLET)
WRITE_MINUTES = PUBLISH_MINUTES | those(OPERATOR)
SEE_BUDGETS = those(Role.TREASURER, SECRETARY, HEAD, BPD, SUPERVISOR, ADMIN)
WRITE_PAGES = those(OPERATOR, ADMIN)
SEE_PAGES = WRITE_PAGES | those(SECRETARY, HEAD, SUPERVISOR)
SEE_DOCUMENTS = those(Role.PPID, Role.PPID_SUPERIOR, HEAD, SECRETARY, SUPERVISOR, ADMIN)
WRITE_PROJECTS = those(Role.PROJECT_TEAM, Role.TREASURER, OPERATOR, HAMLET)
SEE_PROJECTS = WRITE_PROJECTS | those(HEAD, SECRETARY, BPD, SUPERVISOR, ADMIN)
REPORT_PROJECTS = those(Role.PROJECT_TEAM, HEAD, HAMLET)
PUBLISH_PROJECTS = those(Role.TREASURER, OPERATOR, HEAD)
SEE_DRAFTS = those(OPERATOR, SECRETARY, HEAD, SUPERVISOR, ADMIN)
MODERATE = those(MODERATOR, ADMIN, HEAD)
PETUGAS = Role.COMPLAINTS
SEE_REPORTS = those(PETUGAS, HEAD, ADMIN, SUPERVISOR, HAMLET)
SEE_SECRETS = those(PETUGAS, HEAD)
SEE_FORUMS = MODERATE | those(HAMLET, OPERATOR, BPD, SUPERVISOR)


# Every Kepala Dusun: what is of no hamlet, or lists what is of his own.
ANY_HAMLET = frozenset({HAMLET.value, HAMLET2})


def writes(key: str) -> frozenset[str]:
    """Who may reply and react in a topic: everybody who is signed in, where it is open."""
    return SIGNED_IN if key in {"open_topic", "hamlet_topic"} else NOBODY


def flags(key: str, sees: frozenset[str]) -> frozenset[str]:
    """Who may flag: whoever is signed in and reads it; what is held is with the moderators already."""
    return NOBODY if "held" in key else sees & SIGNED_IN


SEND = those(SECRETARY, ADMIN, HEAD, BPD, HAMLET)

DOORS = [
    # The portal's own pages
    Door("healthz", EVERYBODY),
    Door("home", EVERYBODY),
    Door("search", EVERYBODY),
    Door("style", EVERYBODY),
    Door("village_appearance", EVERYBODY),
    Door("village_origin", EVERYBODY),
    Door("former_article", EVERYBODY, row("origin", slug="address")),
    Door("former_article_by_key", EVERYBODY, lambda world: {"key": world.rows["origin"].key}),
    Door("village_emblem", NOBODY, state="no emblem"),
    Door("file_detail", NOBODY, lambda world: {"sha256": "0" * 64, "name": "x.pdf"}, state="no such file"),
    Door("file_preview", NOBODY, lambda world: {"sha256": "0" * 64}, state="no such file"),
    Door(
        "file_version",
        NOBODY,
        lambda world: {"sha256": "0" * 64, "width": "480", "form": "avif"},
        state="no such file",
    ),
    # What the portal says of itself
    *(Door(name, EVERYBODY) for name in ("about", "privacy", "accessibility", "sitemap", "robots")),
    Door("sitemap_part", EVERYBODY, lambda world: {"name": "artikel"}, "no row named"),
    Door("sitemap_part", NOBODY, lambda world: {"name": "tanggapan"}, "no such part"),
    # One's own data
    *(Door(name, SIGNED_IN) for name in ("my_data", "my_data_download", "erasure_request", "consent_list")),
    Door("privacy_request", SIGNED_IN, lambda world: {"kind": "perbaikan"}, "no row named"),
    Door("privacy_request", NOBODY, lambda world: {"kind": "penghapusan"}, "asked for on its own page"),
    Door("privacy_request_cancel", NOBODY, row("portal.privacyrequest", pk="pk"), "another's", "post"),
    Door("privacy_request_cancel", NOBODY, row("decided_request", pk="pk"), "another's, decided", "post"),
    Door("consent_withdraw", NOBODY, row("consent", pk="pk"), "another's", "post"),
    # The public record
    *(
        Door(name, EVERYBODY)
        for name in (
            "ledger",
            "ledger_heads",
            "ledger_feed",
            "ledger_check",
            "ledger_verifier",
            "ledger_chain",
        )
    ),
    Door("ledger_entry", EVERYBODY, row("entry", number="number")),
    Door("ledger_entry", NOBODY, lambda world: {"number": 999999}, "no such entry"),
    # Accounts
    *(
        Door(name, EVERYBODY)
        for name in (
            "account_login",
            "account_signup",
            "account_logout",
            "account_inactive",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "password_by_code",
            "account_reset_password_from_key_done",
        )
    ),
    Door("account_confirm_email", EVERYBODY, lambda world: {"key": "salah"}, state="wrong key"),
    Door(
        "account_reset_password_from_key",
        EVERYBODY,
        lambda world: {"uidb36": "1", "key": "salah"},
        state="wrong key",
    ),
    *(
        Door(name, SIGNED_IN)
        for name in (
            "account_detail",
            "account_phone",
            "notice_list",
            "notice_settings",
            "follow_list",
            "account_verification",
            "account_reauthenticate",
            "account_email",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
        )
    ),
    Door("verification_code", SIGNED_IN, state="with nothing told", method="post"),
    Door("verification_nik", SIGNED_IN, state="with nothing told", method="post"),
    Door("account_profile", SIGNED_IN - {GUEST, NEIGHBOUR, OWNER}),
    Door("mfa_deactivate_totp", NOBODY, state="no second factor"),
    Door("mfa_view_recovery_codes", NOBODY, state="no second factor"),
    Door("mfa_download_recovery_codes", NOBODY, state="no second factor"),
    *(Door(name, SEND | ANY_HAMLET) for name in ("message_lists", "message_list_new")),
    # A Kepala Dusun sees his own lists, and nobody deletes another's.
    Door("message_list_detail", SEND - {HAMLET.value}, row("message_list", pk="pk")),
    Door("message_list_delete", NOBODY, row("message_list", pk="pk"), "another's"),
    *(
        Door(name, SEND - {HAMLET.value}, of_message, "on a list", "post")
        for name in ("message_told", "message_untold")
    ),
    Door("notice_stop", NOBODY, lambda world: {"token": "salah"}, "wrong key"),
    Door("notices_read", SIGNED_IN, method="post"),
    Door("notice_open", NOBODY, row("notice", pk="pk"), "another's"),
    Door("follow", NOBODY, state="no page named"),
    Door("unfollow", NOBODY, row("follow", pk="pk"), "another's", "post"),
    # Perangkat desa
    *(Door(name, EVERYBODY) for name in ("office_list", "office_chart", "office_print", "body_list")),
    Door("office_detail", EVERYBODY, row("residents.appointment", pk="pk")),
    Door("office_detail", NOBODY, lambda world: {"pk": 0}, "no such office"),
    # Informasi
    Door("announcements:article_list", EVERYBODY),
    Door("announcements:article_feed", EVERYBODY),
    Door("announcements:article_detail", EVERYBODY, row("published", slug="slug"), "published"),
    Door(
        "announcements:article_detail",
        EVERYBODY,
        row("revised", slug="slug"),
        "corrected, urgent, with pictures",
    ),
    Door("announcements:article_detail", SEE_DRAFTS, row("draft", slug="slug"), "draft"),
    Door("announcements:article_detail", SEE_DRAFTS, row("scheduled", slug="slug"), "scheduled"),
    Door("announcements:article_detail", SEE_DRAFTS, row("archived", slug="slug"), "archived"),
    Door("announcements:budget_list", EVERYBODY),
    Door("announcements:budget_year", EVERYBODY, row("budget", year="year"), "published"),
    Door("announcements:budget_year", SEE_BUDGETS, row("budget_draft", year="year"), "draft"),
    Door("announcements:budget_field", EVERYBODY, in_budget("budget", field="01"), "published"),
    Door("announcements:budget_field", SEE_BUDGETS, in_budget("budget_draft", field="01"), "draft"),
    Door("announcements:budget_part", EVERYBODY, in_budget("budget", part="pendapatan"), "published"),
    Door("announcements:budget_part", SEE_BUDGETS, in_budget("budget_draft", part="pendapatan"), "draft"),
    Door("announcements:budget_data", EVERYBODY, in_budget("budget", form="csv"), "published"),
    Door("announcements:budget_data", SEE_BUDGETS, in_budget("budget_draft", form="json"), "draft"),
    Door("announcements:budget_poster", EVERYBODY, in_budget("budget", form="a3"), "published"),
    Door("announcements:budget_poster", SEE_BUDGETS, in_budget("budget_draft", form="baliho"), "draft"),
    *(
        Door(f"announcements:{name}", EVERYBODY)
        for name in ("document_list", "document_feed", "exempt_list", "law_list", "law_data")
    ),
    *(
        Door(f"announcements:{name}", EVERYBODY, lambda world, form=form: {"form": form}, "no row named")
        for name in ("list_file", "exempt_file")
        for form in ("pdf", "xlsx", "csv")
    ),
    Door("announcements:page_list", EVERYBODY),
    Door("announcements:album_list", EVERYBODY),
    Door("announcements:page_detail", EVERYBODY, row("announcements.page", slug="slug"), "published"),
    Door("announcements:page_detail", SEE_PAGES, row("page_draft", slug="slug"), "draft"),
    Door("announcements:document_detail", EVERYBODY, row("document", slug="slug"), "published"),
    Door("announcements:document_detail", SEE_DOCUMENTS, row("document_draft", slug="slug"), "draft"),
    Door("announcements:document_detail", SEE_DOCUMENTS, row("document_archived", slug="slug"), "archived"),
    Door("announcements:document_file", EVERYBODY, of_document("document", 2), "published"),
    Door("announcements:document_file", SEE_DOCUMENTS, of_document("document", 1), "withdrawn"),
    Door("announcements:document_file", SEE_DOCUMENTS, of_document("document_draft", 1), "draft"),
    Door("announcements:document_file", SEE_DOCUMENTS, of_document("document_archived", 1), "archived"),
    *(Door(f"announcements:{name}", EVERYBODY) for name in ("project_list", "project_map", "project_feed")),
    Door("announcements:project_data", EVERYBODY, lambda world: {"form": "json"}, "no row named"),
    *(
        door
        for key, seen, reports, publishes in (
            ("project", EVERYBODY, REPORT_PROJECTS, PUBLISH_PROJECTS),
            ("finished_project", EVERYBODY, REPORT_PROJECTS, PUBLISH_PROJECTS),
            ("project_draft", SEE_PROJECTS, REPORT_PROJECTS, PUBLISH_PROJECTS),
        )
        for door in (
            Door("announcements:project_detail", seen, row(key, slug="slug"), key),
            Door("announcements:project_report", reports, row(key, slug="slug"), key),
            *(
                Door("announcements:project_act", publishes, deed(key, act), f"{key}, {act}")
                for act in ("serah-terima", "batal-serah-terima", "hentikan", "lanjutkan")
            ),
        )
    ),
    Door("announcements:project_document", NOBODY, row("project", slug="slug"), "without a paper"),
    Door("announcements:project_document", EVERYBODY, row("finished_project", slug="slug"), "handed over"),
    Door("transparency", EVERYBODY),
    Door("announcements:article_read", EVERYBODY, row("published", slug="slug"), "published"),
    Door("announcements:attachment", EVERYBODY, attachment("attachment"), "published"),
    Door("announcements:attachment", SEE_DRAFTS, attachment("draft_attachment"), "draft"),
    Door("announcements:attachment", SEE_DRAFTS, attachment("scheduled_attachment"), "scheduled"),
    Door("announcements:attachment", SEE_DRAFTS, attachment("archived_attachment"), "archived"),
    # Forum
    Door("forums:post_detail", EVERYBODY, row("post", pk="pk"), "published"),
    Door("forums:post_detail", MODERATE, row("held_post", pk="pk"), "held"),
    # Its place in the thread stays, with the reason instead of its words.
    Door("forums:post_detail", EVERYBODY, row("hidden_post", pk="pk"), "hidden"),
    Door("forums:post_detail", MODERATE, row("withdrawn_post", pk="pk"), "withdrawn"),
    *(
        Door(f"forums:{name}", NOBODY, row(key, pk="pk"), key)
        for name in ("post_flag", "post_react", "post_withdraw")
        for key in ("held_post", "hidden_post", "withdrawn_post")
    ),
    *(
        Door("forums:post_resubmit", NOBODY, row(key, pk="pk"), f"another's, {key}", "post")
        for key in ("hidden_post", "withdrawn_post")
    ),
    Door("forums:post_reply", SIGNED_IN, row("topic", pk="pk"), "comments"),
    Door("forums:my_posts", SIGNED_IN),
    Door("forums:post_moderate", MODERATE, row("post", pk="pk"), "comment"),
    Door("forums:topic_moderate", MODERATE, row("topic", pk="pk"), "comments"),
    *(
        Door(name, EVERYBODY)
        for name in ("forums:forum_list", "forums:forum_feed", "forums:rules", "forums:topic_search")
    ),
    Door("forums:forum_detail", EVERYBODY, row("forum", slug="slug"), "open"),
    Door("forums:forum_detail", EVERYBODY, row("archived_forum", slug="slug"), "archived"),
    Door("forums:topic_start", SIGNED_IN, row("forum", slug="slug"), "open"),
    Door("forums:topic_start", NOBODY, row("archived_forum", slug="slug"), "archived"),
    Door("forums:moderation_queue", MODERATE | ANY_HAMLET),
    *(
        door
        for key, sees, moderates in (
            ("open_topic", EVERYBODY, MODERATE),
            ("hamlet_topic", EVERYBODY, MODERATE | those(HAMLET)),
            ("locked_topic", EVERYBODY, MODERATE),
            ("archived_topic", EVERYBODY, MODERATE),
            ("held_topic", MODERATE, MODERATE),
            ("hamlet_held_topic", MODERATE | those(HAMLET), MODERATE | those(HAMLET)),
            ("hidden_topic", MODERATE, MODERATE),
        )
        for door in (
            Door("forums:topic_detail", sees, row(key, pk="pk"), key),
            Door("forums:post_detail", sees, row(f"{key}_post", pk="pk"), key),
            Door("forums:topic_feed", sees if sees == EVERYBODY else NOBODY, row(key, pk="pk"), key),
            Door("forums:post_reply", writes(key), row(key, pk="pk"), key),
            Door("forums:post_react", writes(key), row(f"{key}_post", pk="pk"), key),
            Door("forums:post_flag", flags(key, sees), row(f"{key}_post", pk="pk"), key),
            Door("forums:topic_moderate", moderates, row(key, pk="pk"), key),
            Door("forums:post_moderate", moderates, row(f"{key}_post", pk="pk"), key),
        )
    ),
    Door("forums:post_withdraw", NOBODY, row("post", pk="pk"), "another's"),
    Door("forums:post_resubmit", NOBODY, row("post", pk="pk"), "another's", "post"),
    # Kegiatan: one of the hamlet, whose head reaches it, and one of the whole village, which is beyond him
    Door("attendance:activity_list", EVERYBODY),
    Door("attendance:activity_feed", EVERYBODY),
    Door("attendance:training_feed", EVERYBODY),
    Door("evidence_now", EVERYBODY),
    Door("evidence_year", EVERYBODY, lambda world: {"year": 2026}, "no row named"),
    Door("attendance:calendar_month", EVERYBODY),
    Door("attendance:calendar_feed", EVERYBODY),
    Door("attendance:activity_calendar", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:activity_calendar", EVERYBODY, row("cancelled_activity", pk="pk"), "called off"),
    Door("attendance:activity_calendar", NOBODY, row("activity_draft", pk="pk"), "draft"),
    Door("attendance:activity_detail", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:activity_detail", SEE_ACTIVITIES, row("activity_draft", pk="pk"), "draft"),
    Door("attendance:bundle_public", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:bundle_public", EVERYBODY, row("cancelled_activity", pk="pk"), "called off"),
    Door("attendance:bundle_public", SEE_ACTIVITIES, row("activity_draft", pk="pk"), "draft"),
    # Each of these sets papers, so it is asked for in two states alone.
    Door(
        "attendance:bundle_internal", RUN_LISTS | those(SUPERVISOR), row("activity", pk="pk"), "of the hamlet"
    ),
    Door(
        "attendance:bundle_internal",
        (RUN_LISTS | those(SUPERVISOR)) - {HAMLET.value},
        row("wide_activity", pk="pk"),
        "of the village",
    ),
    *(
        Door(f"attendance:{name}", EVERYBODY, row(key, pk="pk"), key)
        for name in ("activity_detail", "attendance_list")
        for key in ("cancelled_activity", "closed_activity")
    ),
    *(
        Door(f"attendance:{name}", who, row(key, pk="pk"), key)
        for name in ("hall_live", "hall_numbers")
        for key, who in (
            ("activity", EVERYBODY),
            ("cancelled_activity", EVERYBODY),
            ("closed_activity", EVERYBODY),
            ("activity_draft", SEE_ACTIVITIES),
        )
    ),
    # By one's own phone: whoever is in the hall, with the code that its screen shows
    Door("phone", EVERYBODY),
    Door("phone_scan", EVERYBODY, lambda world: {"code": shown(world.rows["session"]).long}, "shown"),
    Door("phone_scan", NOBODY, lambda world: {"code": "K7M2QX9RDABCDEFG"}, "invented"),
    *(Door(name, EVERYBODY, method="post") for name in ("phone_code", "phone_check_in", "phone_here")),
    Door("attendance:attendance_list", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:attendance_list", SEE_ACTIVITIES, row("activity_draft", pk="pk"), "draft"),
    *(
        Door(f"attendance:{name}", who - ({HAMLET.value} if wide else NOBODY), row(which, pk="pk"), state)
        for which, wide, state in (
            ("activity", False, "of the hamlet"),
            ("wide_activity", True, "of the village"),
            ("cancelled_activity", False, "called off"),
            ("closed_activity", False, "closed"),
            ("activity_draft", False, "draft"),
        )
        for name, who in (
            ("sheet_print", RUN_LISTS | those(SUPERVISOR)),
            ("sheet_css", RUN_LISTS | those(SUPERVISOR)),
            ("sheet_pdf", RUN_LISTS | those(SUPERVISOR)),
            ("sheet_xlsx", RUN_LISTS | those(SUPERVISOR)),
            ("sheet_csv", RUN_LISTS | those(SUPERVISOR)),
            ("retention_detail", RUN_LISTS | those(SUPERVISOR)),
            ("desk", RUN_LISTS),
            ("paper_list", RUN_LISTS),
            ("paper_people", RUN_LISTS),
            ("scan_upload", RUN_LISTS),
            ("list_import", RUN_LISTS),
            ("hall_screen", RUN_LISTS),
            ("hall_code", RUN_LISTS),
            ("desk_queue", RUN_LISTS),
            ("desk_worker", RUN_LISTS),
            ("desk_late", RUN_LISTS),
            ("desk_close", RUN_LISTS),
            ("desk_reopen", RUN_LISTS),
            ("invitation_list", RUN_LISTS),
            ("invitation_print", RUN_LISTS),
            ("invitation_many", RUN_LISTS),
            ("registration_list", RUN_LISTS),
            ("registration_set", RUN_LISTS),
            ("registration_note", RUN_LISTS),
            ("registration_print", RUN_LISTS),
            ("registration_csv", RUN_LISTS),
            ("registration_xlsx", RUN_LISTS),
            ("activity_announce", RUN_LISTS),
            ("activity_cancel", RUN_LISTS),
            ("activity_postpone", RUN_LISTS),
            ("desk_quorum", RUN_LISTS),
        )
    ),
    *(
        Door(f"attendance:{name}", RUN_LISTS, row("activity", pk="pk"), "with nothing told", "post")
        for name in (
            "desk_check_in",
            "desk_walk_in",
            "invitation_add",
            "retention_hold",
            "retention_release",
        )
    ),
    *(
        Door(f"attendance:{name}", RUN_LISTS, of_invitation)
        for name in ("desk_stand_in", "invitation_change", "invitation_withdraw", "invitation_reply")
    ),
    Door("attendance:registration_withdraw", RUN_LISTS, of_registration),
    Door("attendance:list_import_detail", RUN_LISTS, of_list_import),
    Door("attendance:registration_add", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:registration_add", SEE_ACTIVITIES, row("activity_draft", pk="pk"), "draft"),
    Door(
        "registered:registration",
        EVERYBODY,
        lambda world: {"code": registered_codes.code_of(world.rows["registration"])},
    ),
    Door(
        "registered:registration",
        NOBODY,
        lambda world: {"code": f"{world.rows['registration'].pk}-AAAAAAAAAA"},
        "guessed",
    ),
    Door("invited:answer", EVERYBODY, lambda world: {"code": code_of(world.rows["invitation"])}),
    Door(
        "invited:answer",
        NOBODY,
        lambda world: {"code": f"{world.rows['invitation'].pk}-AAAAAAAAAA"},
        "guessed",
    ),
    Door(
        "attendance:desk_undo",
        RUN_LISTS,
        lambda world: {"pk": world.rows["activity"].pk, "attendance_pk": world.rows["attendance"].pk},
    ),
    # Trainings
    Door("attendance:training_list", EVERYBODY),
    Door("attendance:training_copy", RUN_LISTS - {HAMLET.value}),
    Door("attendance:training_detail", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:training_detail", SEE_ACTIVITIES, row("draft_training", pk="activity_id"), "draft"),
    Door("attendance:training_detail", NOBODY, row("wide_activity", pk="pk"), "no training"),
    Door("attendance:training_sheet", EVERYBODY, row("activity", pk="pk"), "announced"),
    Door("attendance:training_sheet", NOBODY, row("draft_training", pk="activity_id"), "draft"),
    *(
        Door(f"attendance:{name}", those(SECRETARY, ADMIN, HEAD), of_certificate, "another's")
        for name in ("certificate_pdf", "certificate_withdraw", "certificate_reissue")
    ),
    *(
        Door(
            f"attendance:{name}",
            those(SECRETARY, ADMIN, HEAD),
            lambda world: {"pk": world.rows["certificate"].training.activity_id},
        )
        for name in ("certificate_list", "certificates_pdf")
    ),
    Door("attendance:my_learning", SIGNED_IN),
    Door("attendance:my_skills", SIGNED_IN),
    Door("attendance:my_skills_forget", SIGNED_IN, method="post"),
    Door("attendance:facilitator_list", EVERYBODY),
    Door("attendance:facilitator_search", RUN_LISTS | ANY_HAMLET),
    Door("certificates:certificate_search", EVERYBODY),
    Door(
        "certificates:certificate_check",
        EVERYBODY,
        lambda world: {"code": world.rows["certificate"].written_code},
    ),
    Door("certificates:certificate_check", NOBODY, lambda world: {"code": "AAA-AAA-AAA"}, "guessed"),
    # Regular meetings
    *(Door(f"attendance:{name}", RUN_LISTS | ANY_HAMLET) for name in ("series_list", "series_new")),
    *(
        Door(f"attendance:{name}", RUN_LISTS, row("series", pk="pk"), "of the hamlet")
        for name in ("series_detail", "series_extend", "series_end")
    ),
    Door("attendance:series_announce", RUN_LISTS, row("series", pk="pk"), "of the hamlet", "post"),
    # Money: seen by who pays, prepares and oversees
    *(
        Door(f"attendance:{name}", who, row("activity", pk="pk"))
        for name, who in (("pay_lists", SEE_PAY), ("pay_new", PREPARE_PAY))
    ),
    *(
        Door(f"attendance:{name}", who, of_pay_list())
        for name, who in (
            ("pay_detail", SEE_PAY),
            ("pay_pdf", SEE_PAY),
            ("pay_xlsx", SEE_PAY),
            ("pay_change", PREPARE_PAY),
            ("pay_settle", SETTLE_PAY),
            ("pay_reopen", SETTLE_PAY),
        )
    ),
    Door("attendance:pay_discard", PREPARE_PAY, of_pay_list("unpaid")),
    # The list on paper and on the screen
    Door(
        "attendance:desk_sign",
        RUN_LISTS,
        lambda world: {"pk": world.rows["activity"].pk, "attendance_pk": world.rows["attendance"].pk},
    ),
    Door(
        "attendance:signature_image",
        RUN_LISTS | those(SUPERVISOR),
        lambda world: {
            "pk": world.rows["activity"].pk,
            "attendance_pk": world.rows["signature"].attendance_id,
        },
    ),
    *(
        Door(
            f"attendance:{name}",
            RUN_LISTS,
            lambda world: {"pk": world.rows["activity"].pk, "scan_pk": world.rows["scan"].pk},
            "settled",
            "post",
        )
        for name in ("scan_add", "scan_accept", "scan_discard")
    ),
    Door("attendance:scan_list", RUN_LISTS | ANY_HAMLET),
    Door("attendance:bpd_book_list", those(SECRETARY, ADMIN, HEAD, BPD, SUPERVISOR)),
    *(
        Door(f"attendance:{name}", NOBODY, lambda world: {"year": 1999, "book": "notulen"}, "no such year")
        for name in ("bpd_book_pdf", "bpd_book_xlsx")
    ),
    *(
        Door("attendance:paper_upload", who, row(key, pk="pk"), key)
        for key, who in (
            ("activity", RUN_LISTS),
            ("wide_activity", RUN_LISTS - {HAMLET.value}),
            ("cancelled_activity", NOBODY),
        )
    ),
    # Minutes and what follows from them
    *(
        Door("attendance:minutes_write", who, row(key, pk="pk"), key)
        for key, who in (
            ("activity", WRITE_MINUTES),
            ("wide_activity", WRITE_MINUTES - {HAMLET.value}),
            ("activity_draft", WRITE_MINUTES),
            ("drafted_activity", WRITE_MINUTES),
            ("cancelled_activity", NOBODY),
            ("minuted_activity", PUBLISH_MINUTES),
        )
    ),
    Door("attendance:minutes_publish", PUBLISH_MINUTES, row("drafted_activity", pk="pk"), "drafted"),
    Door("attendance:minutes_publish", NOBODY, row("activity", pk="pk"), "not written"),
    Door("attendance:minutes_detail", EVERYBODY, row("minuted_activity", pk="pk"), "published"),
    Door("attendance:minutes_detail", WRITE_MINUTES, row("drafted_activity", pk="pk"), "drafted"),
    Door("attendance:minutes_pdf", NOBODY, row("activity", pk="pk"), "not written"),
    Door("attendance:report_pdf", NOBODY, row("activity", pk="pk"), "not written"),
    Door("attendance:minutes_detail", NOBODY, row("activity", pk="pk"), "not written"),
    *(
        Door(f"attendance:{name}", who, row(key, pk="pk"), state)
        for name in ("agreement_pdf", "agreement_docx", "minutes_pdf", "report_pdf")
        for key, who, state in (
            ("minuted_activity", EVERYBODY, "published"),
            ("drafted_activity", WRITE_MINUTES, "drafted"),
        )
    ),
    *(Door(f"attendance:resolution_{name}", EVERYBODY) for name in ("list", "feed", "csv")),
    Door("attendance:follow_up_list", EVERYBODY),
    Door("attendance:follow_up_detail", EVERYBODY, row("follow_up", pk="pk")),
    *(
        Door(f"attendance:{name}", PUBLISH_MINUTES, row("follow_up", pk="pk"), "another's")
        for name in ("follow_up_report", "follow_up_delay", "follow_up_reassign", "follow_up_reopen")
    ),
    *(
        Door(
            "attendance:follow_up_add",
            who,
            lambda world, key=key: {"pk": world.rows[key].pk, "number": 1},
            key,
        )
        for key, who in (("minuted_activity", PUBLISH_MINUTES), ("drafted_activity", NOBODY))
    ),
    *(
        Door(
            "attendance:evidence_file",
            who,
            lambda world, key=key: {
                "pk": world.rows["activity"].pk,
                "evidence_pk": world.rows[key].pk,
                "name": "berkas.pdf",
            },
            state,
        )
        for key, who, state in (
            ("public_evidence", EVERYBODY, "public"),
            ("internal_evidence", RUN_LISTS | those(SUPERVISOR), "internal"),
        )
    ),
    # Aspirasi: of the hamlet, whose head reaches it, of the whole village, and told in confidence
    *(
        Door(f"feedback:{name}", EVERYBODY)
        for name in ("report_list", "report_feed", "report_new", "report_track")
    ),
    Door("feedback:my_reports", SIGNED_IN),
    Door("feedback:report_counter", those(PETUGAS, HEAD) | ANY_HAMLET),
    Door("feedback:report_receipt", NOBODY, state="without a ticket", method="post"),
    *(
        Door(f"feedback:{name}", NOBODY, row("released_report", code="code"), "another's")
        for name in ("report_reply", "report_accept", "report_reopen")
    ),
    *(
        Door(f"feedback:{name}", who, photo_of(key), state)
        for name in ("report_photo", "report_photo_small")
        for key, who, state in (
            ("released_photo", EVERYBODY, "released"),
            ("withheld_photo", SEE_REPORTS - {HAMLET.value}, "not released"),
        )
    ),
    Door("feedback:report_detail", EVERYBODY, row("released_report", code="code"), "released"),
    Door("feedback:report_detail", SEE_REPORTS, row("report", code="code"), "of the hamlet"),
    Door(
        "feedback:report_detail",
        SEE_REPORTS - {HAMLET.value},
        row("wide_report", code="code"),
        "of the village",
    ),
    Door("feedback:report_detail", SEE_SECRETS, row("secret_report", code="code"), "told in confidence"),
    *(
        Door("feedback:report_detail", SEE_REPORTS, row(key, code="code"), key)
        for key in ("held_report", "closed_report", "refused_report")
    ),
    *(
        Door(f"feedback:{name}", NOBODY, row(key, code="code"), f"another's, {key}", "post")
        for name in ("report_reply", "report_accept", "report_reopen")
        for key in ("released_report", "closed_report", "refused_report", "secret_report", "held_report")
    ),
    # Admin
    Door("admin:portal_privacyrequest_register", those(ADMIN, SECRETARY, HEAD)),
    Door(
        "admin:portal_privacyrequest_decide",
        those(ADMIN, SECRETARY),
        lambda world: {"object_id": world.rows["portal.privacyrequest"].pk},
    ),
    Door(
        "admin:portal_privacyrequest_decide",
        those(ADMIN, SECRETARY),
        lambda world: {"object_id": world.rows["decided_request"].pk},
        "decided",
    ),
    Door(
        "admin:residents_verificationletter_change",
        those(ADMIN, SECRETARY, HAMLET),
        lambda world: {"object_id": world.rows["used_letter"].pk},
        "used",
    ),
    Door("admin:index", OFFICIALS),
    Door("admin:login", OFFICIALS | {ANONYMOUS}),
    Door("admin:logout", SIGNED_IN),
    Door("admin:password_change", OFFICIALS),
    Door("admin:password_change_done", OFFICIALS),
    Door("admin:autocomplete", NOBODY, state="no field named"),
    Door("admin:jsi18n", OFFICIALS),
    Door(
        "admin:residents_person_password_code",
        those(ADMIN, SECRETARY, HAMLET, HEAD),
        lambda world: {"object_id": world.rows["residents.person"].pk},
    ),
    *(
        Door(
            f"admin:residents_appointment_{name}",
            those(ADMIN, HEAD),
            lambda world: {"object_id": world.rows["residents.appointment"].pk},
        )
        for name in ("revoke", "deputise", "hand_over")
    ),
    Door("admin:residents_person_letters", those(ADMIN, SECRETARY) | ANY_HAMLET),
    Door("admin:residents_person_niks", those(ADMIN, SECRETARY)),
    Door("admin:residents_person_import", those(ADMIN, SECRETARY)),
    Door("admin:residents_person_import_detail", those(ADMIN, SECRETARY), row("sheet_import", pk="pk")),
    Door("admin:residents_person_import_template", those(ADMIN, SECRETARY)),
    Door("admin:residents_person_export", those(ADMIN, SECRETARY) | ANY_HAMLET),
    Door(
        "admin:residents_person_in_person",
        those(ADMIN, SECRETARY, HAMLET),
        lambda world: {"object_id": world.rows["residents.person"].pk},
    ),
    *(
        Door(
            "admin:announcements_page_act",
            WRITE_PAGES,
            lambda world, key=key, address=address: {"pk": world.rows[key].pk, "address": address},
            f"{address}, {key}",
        )
        for key, address in (("announcements.page", "arsipkan"), ("page_draft", "terbitkan"))
    ),
    *(
        Door(
            "admin:announcements_publicdocument_act",
            who,
            lambda world, key=key, address=address: {"pk": world.rows[key].pk, "address": address},
            f"{address}, {key}",
        )
        for key in ("document", "document_draft", "document_archived")
        for address, who in (
            *(
                (address, those(Role.PPID))
                for address in (
                    "terbitkan",
                    "jadwalkan",
                    "batalkan-jadwal",
                    "arsipkan",
                    "tayangkan-lagi",
                    "tarik-versi",
                )
            ),
            ("hapus-semua", NOBODY),
        )
    ),
    Door(
        "admin:announcements_exemptinformation_act",
        those(Role.PPID),
        lambda world: {"pk": world.rows["announcements.exemptinformation"].pk, "address": "buka"},
    ),
    # What does not fit the state leads back to the row, for those who may do it where it fits.
    *(
        Door(
            "admin:announcements_article_act",
            who,
            lambda world, key=key, address=address: {"pk": world.rows[key].pk, "address": address},
            f"{address}, {key}",
        )
        for key in ("draft", "scheduled", "published", "archived")
        for address, who in (
            ("terbitkan", those(OPERATOR)),
            ("jadwalkan", those(OPERATOR)),
            ("batalkan-jadwal", those(OPERATOR)),
            ("arsipkan", those(OPERATOR)),
            ("tayangkan-lagi", those(OPERATOR)),
            (
                "lampirkan-daftar-hadir",
                those(OPERATOR, SECRETARY) if key in {"draft", "scheduled"} else those(OPERATOR),
            ),
            ("serta-merta", those(OPERATOR)),
            ("ubah-akhir-serta-merta", those(OPERATOR)),
            ("akhiri-serta-merta", those(OPERATOR)),
            ("hapus-semua", NOBODY),
        )
    ),
    Door("admin:announcements_article_revisions", SEE_DRAFTS, row("revised", pk="pk")),
    Door(
        "admin:announcements_article_restore",
        those(OPERATOR),
        lambda world: {"pk": world.rows["revised"].pk, "number": 1},
    ),
    *(
        Door(
            "admin:feedback_report_act",
            who if near else who - {HAMLET.value},
            lambda world, key=key, address=address: {"pk": world.rows[key].pk, "address": address},
            f"{address}, {key}",
        )
        for key, near in (
            ("report", True),
            ("released_report", False),
            ("held_report", True),
            ("closed_report", True),
            ("refused_report", True),
            ("wide_report", False),
            ("secret_report", False),
        )
        for address, who in (
            *((name, those(PETUGAS, HEAD, HAMLET)) for name in ("perkembangan", "jawab", "pesan")),
            # What was told in confidence is shown to everybody by nobody.
            *(
                (name, NOBODY if key == "secret_report" else those(PETUGAS, HEAD))
                for name in ("tampilkan", "sembunyikan")
            ),
            *(
                (name, those(PETUGAS, HEAD))
                for name in ("verifikasi", "disposisi", "tutup", "tolak", "teruskan")
            ),
            ("hapus-semua", NOBODY),
        )
    ),
    Door("admin:announcements_picture_pick", those(OPERATOR, SECRETARY)),
]


@dataclass(frozen=True)
class Shelf:
    """A model in admin: who sees its list and rows, who adds, who deletes.

    Its row here is of a hamlet: the head of another sees the list without it. `is_everywhere`: it is of no hamlet.
    """

    view: frozenset[str]
    add: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY
    is_everywhere: bool = False


LISTS = those(ADMIN)
SHELVES = {
    # What was announced once stays: it is called off.
    "attendance.activity": Shelf(SEE_ACTIVITIES, RUN_LISTS),
    "attendance.activitykind": Shelf(SEE_ACTIVITIES, those(SECRETARY, ADMIN, HEAD), is_everywhere=True),
    "attendance.training": Shelf(SEE_ACTIVITIES, RUN_LISTS),
    # They come about on pages of their own.
    "attendance.activityseries": Shelf(SEE_ACTIVITIES),
    "attendance.postponement": Shelf(SEE_ACTIVITIES),
    "attendance.paylist": Shelf(SEE_PAY),
    "attendance.competence": Shelf(SEE_ACTIVITIES, those(SECRETARY, ADMIN, HEAD), is_everywhere=True),
    # What came in stays; it is dealt with by acts.
    "feedback.report": Shelf(SEE_REPORTS),
    "feedback.category": Shelf(
        those(PETUGAS, HEAD, ADMIN, SUPERVISOR), those(PETUGAS, ADMIN), those(PETUGAS, ADMIN)
    ),
    "village.failedwork": Shelf(LISTS),
    # What was published once stays: it is archived.
    "announcements.article": Shelf(SEE_DRAFTS, those(OPERATOR, SECRETARY)),
    "announcements.budget": Shelf(SEE_BUDGETS, those(Role.TREASURER)),
    "announcements.page": Shelf(SEE_PAGES, WRITE_PAGES),
    "announcements.menuitem": Shelf(SEE_PAGES, WRITE_PAGES, WRITE_PAGES),
    "announcements.publicdocument": Shelf(SEE_DOCUMENTS, those(Role.PPID)),
    # What is exempt is opened, never deleted.
    "announcements.exemptinformation": Shelf(SEE_DOCUMENTS, those(Role.PPID)),
    # What was made known once stays: it is stopped.
    "announcements.project": Shelf(SEE_PROJECTS, WRITE_PROJECTS),
    "announcements.category": Shelf(SEE_DRAFTS, those(OPERATOR), those(OPERATOR)),
    "announcements.picture": Shelf(SEE_DRAFTS, those(OPERATOR, SECRETARY), those(OPERATOR, SECRETARY)),
    # What was said once stays: it is hidden, and a forum is archived.
    "forums.forum": Shelf(SEE_FORUMS, MODERATE | those(OPERATOR)),
    "forums.topic": Shelf(SEE_FORUMS),
    "forums.post": Shelf(SEE_FORUMS),
    "portal.privacyrequest": Shelf(those(ADMIN, SECRETARY, HEAD), those(ADMIN, SECRETARY)),
    "residents.appointment": Shelf(those(ADMIN, HEAD, SUPERVISOR), those(ADMIN, HEAD), those()),
    "residents.body": Shelf(OFFICIALS, LISTS | those(SECRETARY), LISTS),
    "residents.person": Shelf(
        those(ADMIN, SECRETARY, HAMLET, HEAD, BPD, OPERATOR, SUPERVISOR, Role.PROJECT_TEAM),
        those(ADMIN, SECRETARY, HAMLET),
        those(),
    ),
    "residents.unsur": Shelf(OFFICIALS - ANY_HAMLET, LISTS, LISTS),
    "residents.verificationletter": Shelf(those(ADMIN, SECRETARY, HAMLET)),
    "village.area": Shelf(those()),
    "village.holiday": Shelf(OFFICIALS - ANY_HAMLET, LISTS, LISTS),
    "village.letternumber": Shelf(those(ADMIN, SECRETARY, HEAD, SUPERVISOR)),
    "village.region": Shelf(OFFICIALS, LISTS, LISTS),
    "village.village": Shelf(those(ADMIN, SUPERVISOR), those(), those()),
}


def every_head(who: frozenset[str]) -> frozenset[str]:
    """The same, and where one Kepala Dusun may come, the others."""
    return who | ANY_HAMLET if HAMLET.value in who else who


def admin_doors(label: str, shelf: Shelf) -> list[Door]:
    """The five pages of a model in admin."""
    name = label.replace(".", "_")

    def of_row(world: World) -> dict[str, Any]:
        found = world.rows.get(label)
        return {"object_id": found.pk if found else "0"}

    rows_seen = every_head(shelf.view) if shelf.is_everywhere else shelf.view - {HAMLET2}
    return [
        Door(f"admin:{name}_changelist", every_head(shelf.view)),
        Door(f"admin:{name}_add", every_head(shelf.add)),
        Door(f"admin:{name}_change", rows_seen, of_row),
        Door(f"admin:{name}_history", rows_seen, of_row),
        Door(f"admin:{name}_delete", shelf.delete, of_row),
    ]


ALL_DOORS = [*DOORS, *(door for label, shelf in SHELVES.items() for door in admin_doors(label, shelf))]
