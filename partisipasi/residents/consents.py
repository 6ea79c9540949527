"""What people agree to when they sign up, word for word, by purpose and version (UU 27/2022 art. 20–24).

A text that somebody agreed to is never changed: a new wording is a new version, added at the end. Each agreement
(`models.Consent`) keeps the words themselves, so the village can prove what was agreed to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ACCOUNT = "akun"
CONTACT = "kontak"
SKILLS = "keterampilan"
SKILLS_PUBLIC = "keterampilan-umum"


@dataclass(frozen=True)
class ConsentText:
    """One version of what is asked; `{village}` stands for the village's name."""

    purpose: str
    version: int
    words: str

    def to(self, village: str) -> str:
        """The words as they are put to somebody: agreement with this village."""
        return self.words.format(village=village)


TEXTS = (
    ConsentText(
        ACCOUNT,
        1,
        "Saya setuju Pemerintah {village} menyimpan nama akun, kata sandi saya secara tersandi, dan apa yang saya "
        "tulis atau kirim di portal ini, agar saya dapat ikut serta, selama akun saya ada. Saya berumur 18 tahun ke "
        "atas, atau orang tua atau wali saya menyetujuinya.",
    ),
    ConsentText(
        CONTACT,
        1,
        "Saya setuju Pemerintah {village} memakai surel dan nomor HP yang saya tulis untuk mengabari saya dan "
        "memulihkan akun saya. Keduanya tidak ditampilkan kepada umum.",
    ),
    ConsentText(
        SKILLS,
        1,
        "Saya setuju petugas {village} melihat nama, dusun, dan keterampilan yang saya centang, serta menghubungi saya "
        "lewat nomor HP di buku alamat desa, untuk mencari pemandu pelatihan dan kegiatan warga. Saya berumur 18 tahun "
        "ke atas, dan dapat menarik persetujuan ini kapan saja.",
    ),
    ConsentText(
        SKILLS_PUBLIC,
        1,
        "Saya setuju {village} menampilkan nama, dusun, keterampilan yang saya centang, dan keterangan saya kepada "
        "umum di portal ini, tanpa nomor HP dan alamat.",
    ),
)

MEANINGS = {
    ACCOUNT: "Akun dan ikut serta di portal",
    CONTACT: "Surel dan nomor HP untuk mengabari",
    SKILLS: "Keterampilan dilihat petugas desa",
    SKILLS_PUBLIC: "Keterampilan tampil untuk umum",
}
ENDINGS = {
    CONTACT: "Surel dan nomor HP Anda langsung dihapus. Kata sandi yang terlupa tidak dapat lagi diganti lewat surel.",
    SKILLS: "Keterampilan Anda langsung dihapus dari daftar, juga dari yang tampil untuk umum.",
    SKILLS_PUBLIC: "Keterampilan Anda langsung tidak tampil lagi untuk umum; petugas desa masih melihatnya.",
}
"""What withdrawal does, told before and after."""

_ended: dict[str, list[Callable[[Any], object]]] = {}


def on_withdrawal(purpose: str, forget: Callable[[Any], object]) -> None:
    """Register what a room does at once, given the account, when a consent for `purpose` is withdrawn."""
    _ended.setdefault(purpose, []).append(forget)


def ended(purpose: str, user: Any) -> None:
    """Let every room that kept something by this consent forget it."""
    for forget in _ended.get(purpose, []):
        forget(user)


on_withdrawal(CONTACT, lambda user: user.forget_contacts())


def latest(purpose: str) -> ConsentText:
    """What is asked today. Raises KeyError for a purpose that nobody asks for."""
    versions = [text for text in TEXTS if text.purpose == purpose]
    if not versions:
        raise KeyError(purpose)
    return versions[-1]
