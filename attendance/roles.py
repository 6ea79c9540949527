"""Who may do what with activities, by appointment. A Kepala Dusun's reach ends at his hamlet."""

from partisipasi.residents.models import Role
from partisipasi.residents.permissions import grant

VIEW = tuple(
    f"attendance.view_{model}"
    for model in (
        "activity",
        "session",
        "invitation",
        "attendance",
        "evidence",
        "activitykind",
        "kindsignatory",
        "training",
        "trainingleader",
        "trainingmaterial",
        "competence",
        "activityseries",
        "postponement",
    )
)
PREPARE = (
    *(
        f"attendance.{act}_{model}"
        for model in ("session", "invitation", "evidence", "trainingleader", "trainingmaterial")
        for act in ("add", "change", "delete")
    ),
    "attendance.add_activity",
    "attendance.change_activity",
    "attendance.delete_activity",
    "attendance.announce_activity",
    "attendance.add_training",
    "attendance.change_training",
)
RUN = ("attendance.run_desk", "attendance.close_activity", "attendance.view_internal")
SHAPE = (
    *(
        f"attendance.{act}_{model}"
        for model in ("activitykind", "kindsignatory", "competence")
        for act in ("add", "change")
    ),
    "attendance.delete_kindsignatory",
    "attendance.issue_certificate",
)

MINUTES = ("attendance.write_minutes", "attendance.publish_minutes", "attendance.set_follow_up")

# Who was paid how much is seen by those who pay, prepare and oversee it.
PREPARE_PAY = ("attendance.view_paylist", "attendance.prepare_pay")
grant([Role.VILLAGE_HEAD, Role.SUPERVISOR], "attendance.view_paylist")
grant([Role.PROJECT_TEAM, Role.HAMLET_HEAD], *PREPARE_PAY)
grant([Role.TREASURER, Role.SECRETARY, Role.ADMIN], *PREPARE_PAY, "attendance.settle_pay")

grant([Role.OPERATOR], *VIEW, "attendance.write_minutes")
grant([Role.SECRETARY, Role.ADMIN, Role.VILLAGE_HEAD, Role.BPD_CHAIR, Role.HAMLET_HEAD], *MINUTES)
grant([Role.SUPERVISOR], *VIEW, "attendance.view_internal")
grant(
    [Role.SECRETARY, Role.ADMIN, Role.VILLAGE_HEAD, Role.BPD_CHAIR, Role.SUPERVISOR],
    "attendance.view_bpd_books",
)
grant([Role.SECRETARY, Role.ADMIN, Role.VILLAGE_HEAD], *VIEW, *PREPARE, *RUN, *SHAPE)
grant([Role.BPD_CHAIR, Role.HAMLET_HEAD, Role.PROJECT_TEAM], *VIEW, *PREPARE, *RUN)
grant(
    [Role.SECRETARY, Role.ADMIN, Role.VILLAGE_HEAD, Role.BPD_CHAIR, Role.HAMLET_HEAD, Role.PROJECT_TEAM],
    "attendance.find_facilitators",
)
