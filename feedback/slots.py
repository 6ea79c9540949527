"""What Aspirasi shows on the pages of rooms below."""

from django.urls import reverse

from attendance.slots import Hanging, kept_elsewhere

from .models import Report


@kept_elsewhere
def book_of_aspirations() -> Hanging:
    """What BPD writes into its Buku Data Aspirasi Masyarakat comes in here, with who answered it and when."""
    kind = Report.Kind.ASPIRATION
    return Hanging(
        "Buku Data Aspirasi Masyarakat",
        f"{reverse('feedback:report_list')}?jenis={kind.value}",
        facts="Aspirasi warga yang sudah tayang, dengan keadaan dan jawabannya",
    )
