from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "attendance"
    verbose_name = "Kegiatan"

    def ready(self) -> None:
        from django.db.models import TextField, Value
        from django.db.models.functions import Coalesce, Concat, NullIf
        from django.urls import reverse

        from attendance import due, notices, offices, privacy, roles, wording  # noqa: F401
        from attendance.models import (
            Activity,
            ActivityKind,
            Competence,
            Evidence,
            FollowUp,
            FollowUpPhoto,
            Resolution,
            SkillCard,
            Training,
            TrainingMaterial,
        )
        from partisipasi import search
        from partisipasi.files.http import shown_through
        from partisipasi.residents import consents, handover
        from partisipasi.village.founding import at_founding

        at_founding(ActivityKind.objects.seed)
        at_founding(Competence.objects.seed)
        shown_through(Evidence, "file", Evidence.objects.visible_to)
        shown_through(FollowUpPhoto, "file", FollowUpPhoto.objects.open_to)
        shown_through(TrainingMaterial, "file", TrainingMaterial.objects.open_to)
        consents.on_withdrawal(consents.SKILLS, SkillCard.objects.forget)
        consents.on_withdrawal(consents.SKILLS_PUBLIC, SkillCard.objects.hide)
        handover.register(
            "tindak lanjut terbuka",
            FollowUp.objects.pass_on,
            count=lambda person: FollowUp.objects.open_with(person).count(),
        )
        search.register(
            "kegiatan",
            "Kegiatan",
            Activity.objects.visible_to,
            text=Coalesce(NullIf("description", Value("")), "agenda"),
            on="starts_at",
            url=lambda pk: reverse("attendance:activity_detail", args=[pk]),
        )
        search.register(
            "putusan",
            "Putusan musyawarah",
            Resolution.objects.visible_to,
            title=Concat(
                Value("Putusan "), "number", Value(" "), "activity__title", output_field=TextField()
            ),
            text="text",
            on="activity__starts_at",
            address=Concat("activity_id", Value("#putusan-"), "number", output_field=TextField()),
            url=Resolution.path_at,
        )
        search.register(
            "tindak-lanjut",
            "Tindak lanjut putusan",
            FollowUp.objects.visible_to,
            title="task",
            text="resolution__text",
            on="set_at",
            url=lambda pk: reverse("attendance:follow_up_detail", args=[pk]),
        )
        search.register(
            "pelatihan",
            "Pelatihan",
            Training.objects.visible_to,
            title="activity__title",
            text="goals",
            on="activity__starts_at",
            address="activity_id",
            url=lambda pk: reverse("attendance:training_detail", args=[pk]),
        )
