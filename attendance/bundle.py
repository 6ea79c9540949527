"""What an activity's evidence bundle holds, and what is missing by its kind (domain: 0)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from attendance.models import Activity, Minutes, PaperKind
from attendance.models.papers import MONEY, usual_papers

SIGNED = {PaperKind.ATTENDANCE, PaperKind.AGREEMENT, PaperKind.REPORT, *MONEY}
"""What the portal prints itself once it is certain; the scan with the signatures is asked for besides."""


@dataclass(frozen=True)
class Paper:
    """One sort of document that the bundle needs, and in which versions it is there."""

    kind: PaperKind
    is_stored: bool
    is_public: bool

    @property
    def label(self) -> str:
        return f"{self.kind.label}: pindaian bertanda tangan" if self.kind in SIGNED else str(self.kind.label)

    @property
    def word(self) -> str:
        """Of the stored document, as officials read it."""
        if not self.is_stored:
            return "Kurang"
        return "Ada, untuk umum" if self.is_public else "Ada, internal"


@dataclass(frozen=True)
class Bundle:
    """The papers that an activity of this kind needs.

    For everybody the Daftar Hadir is there once the list is closed, and minutes, report and agreement once the minutes
    are published, since the portal shows them then; assessors besides ask for the scans with the signatures.
    """

    papers: tuple[Paper, ...]

    @classmethod
    def of(cls, activity: Activity, held: Iterable[tuple[str, bool]], minutes: Minutes | None = None) -> Self:
        """`held`: the kind of each stored document, and whether it is public; `minutes`: those written here.

        Give the activity `resolution_count` (`ActivityQuerySet.with_resolution_count`) where there are many.
        """
        held = set(held)
        if activity.names_forgotten_at:
            # The signed list went with its names: nobody is asked for it any more.
            held.add((PaperKind.ATTENDANCE, False))
        shown: set[str] = {PaperKind.ATTENDANCE} if activity.closed_at else set()
        if minutes and minutes.published_at:
            shown |= {PaperKind.MINUTES, PaperKind.REPORT}
            if has_agreement(activity):
                shown.add(PaperKind.AGREEMENT)
        return cls(
            tuple(
                Paper(
                    kind,
                    is_stored=bool({(kind, True), (kind, False)} & held)
                    or (kind == PaperKind.MINUTES and kind in shown),
                    is_public=(kind, True) in held or kind in shown,
                )
                for kind in PaperKind
                if kind in activity.kind.papers
            )
        )

    @property
    def missing(self) -> list[str]:
        """What officials still have to bring."""
        return [paper.label for paper in self.papers if not paper.is_stored]

    @property
    def missing_text(self) -> str:
        return ", ".join(self.missing).lower()

    @property
    def public_missing(self) -> list[str]:
        """What everybody looks for in vain; a report or verbatim record is owed to the office, not to everybody."""
        owed = usual_papers()
        return [str(paper.kind.label) for paper in self.papers if paper.kind in owed and not paper.is_public]

    @property
    def public_sentence(self) -> str:
        """`Lengkap`, or what everybody looks for in vain: `Kurang: undangan, notulen`."""
        return f"Kurang: {', '.join(self.public_missing).lower()}" if self.public_missing else "Lengkap"


def has_agreement(activity: Activity) -> bool:
    """Something was resolved, so that published minutes come with a berita acara."""
    counted = getattr(activity, "resolution_count", None)
    return activity.resolutions.exists() if counted is None else counted > 0
