"""What appointments let one do with reports, and which notices there are about them."""

from partisipasi.residents import notices
from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

notices.register_kind("report", "Kabar tentang laporan Anda")
notices.register_kind("report_work", "Laporan warga yang perlu Anda tangani")

grant(
    [Role.COMPLAINTS, Role.VILLAGE_HEAD],
    *(
        f"feedback.{act}_report"
        for act in ("view", "add", "verify", "assign", "answer", "settle", "release", "view_confidential")
    ),
    "feedback.view_category",
)
grant([Role.COMPLAINTS], "feedback.view_reporter_report")
grant(
    [Role.HAMLET_HEAD],
    "feedback.view_report",
    "feedback.add_report",
    "feedback.answer_report",
)
grant([Role.ADMIN, Role.SUPERVISOR], "feedback.view_report", "feedback.view_category")
grant(
    [Role.ADMIN, Role.COMPLAINTS],
    *(f"feedback.{act}_category" for act in ("add", "change", "delete")),
)
# Anybody in office may be given a report to answer.
grant(list(Role), "feedback.answer_assigned_report")
