"""What people agree to when they sign up, word for word, by purpose and version (UU 27/2022 art. 20–24).

A text that somebody agreed to is never changed: a new wording is a new version, added at the end. Each agreement
(`models.Consent`) keeps the words themselves, so the village can prove what was agreed to.
"""

from dataclasses import dataclass

ACCOUNT = "akun"
CONTACT = "kontak"


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
)

MEANINGS = {ACCOUNT: "Akun dan ikut serta di portal", CONTACT: "Surel dan nomor HP untuk mengabari"}


def latest(purpose: str) -> ConsentText:
    """What is asked today. Raises KeyError for a purpose that nobody asks for."""
    versions = [text for text in TEXTS if text.purpose == purpose]
    if not versions:
        raise KeyError(purpose)
    return versions[-1]
