"""Finding Indonesian words by their roots, and what people call things besides.

A searchable row keeps in its `search` column what `vector` makes of its texts; its verbs fill it. Both ways of
naming a thing go into the column (RKPDes and RKP Desa), so that a query needs only the roots of its own words.
PySastrawi finds roots where PostgreSQL's own Indonesian stemmer does not (perencanaan → rencana), so the column is in
the configuration `simple`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal

from django.contrib.postgres.search import SearchQuery

Weight = Literal["A", "B", "C", "D"]

MAX_QUERY_WORDS = 12
_MAX_WORD = 40
_MAX_WORDS = 20_000

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

STOP_WORDS = frozenset(
    [
        "ada",
        "adalah",
        "agar",
        "akan",
        "aku",
        "anda",
        "apa",
        "apakah",
        "atau",
        "bagi",
        "bahwa",
        "beberapa",
        "belum",
        "bila",
        "bisa",
        "boleh",
        "dalam",
        "dan",
        "dapat",
        "dari",
        "daripada",
        "demi",
        "dengan",
        "di",
        "dia",
        "harus",
        "hingga",
        "ia",
        "ialah",
        "ini",
        "itu",
        "jadi",
        "jika",
        "juga",
        "kalau",
        "kami",
        "kan",
        "karena",
        "ke",
        "kepada",
        "ketika",
        "kita",
        "lagi",
        "lah",
        "lalu",
        "maka",
        "mereka",
        "namun",
        "nya",
        "oleh",
        "pada",
        "para",
        "pun",
        "saat",
        "saja",
        "sambil",
        "sampai",
        "sangat",
        "saya",
        "se",
        "sebagai",
        "sebuah",
        "secara",
        "sedang",
        "sehingga",
        "sejak",
        "selama",
        "seluruh",
        "semua",
        "seperti",
        "serta",
        "setelah",
        "setiap",
        "suatu",
        "sudah",
        "supaya",
        "tanpa",
        "telah",
        "tentang",
        "terhadap",
        "tersebut",
        "tetapi",
        "tiap",
        "tidak",
        "untuk",
        "yaitu",
        "yakni",
        "yang",
    ]
)

# Each line is one thing and what it is called in laws, on forms and in the village.
SYNONYMS = (
    ("rkpdes", "rkp desa", "rencana kerja pemerintah desa"),
    ("rpjmdes", "rpjm desa", "rencana pembangunan jangka menengah desa"),
    ("apbdes", "apb desa", "anggaran pendapatan dan belanja desa"),
    ("durkpdes", "du rkp desa", "daftar usulan rencana kerja pemerintah desa"),
    ("musdes", "musyawarah desa"),
    ("musdus", "musyawarah dusun"),
    ("musrenbangdes", "musrenbang desa", "musyawarah perencanaan pembangunan desa"),
    ("kades", "kepala desa", "perbekel", "keuchik", "wali nagari"),
    ("sekdes", "sekretaris desa", "carik"),
    ("kadus", "kepala dusun"),
    ("kaur", "kepala urusan"),
    ("kasi", "kepala seksi"),
    ("pemdes", "pemerintah desa"),
    ("perdes", "peraturan desa"),
    ("perkades", "peraturan kepala desa"),
    ("pilkades", "pemilihan kepala desa"),
    ("bpd", "badan permusyawaratan desa"),
    ("bumdes", "bum desa", "badan usaha milik desa"),
    ("lpm", "lpmd", "lembaga pemberdayaan masyarakat"),
    ("lkd", "lembaga kemasyarakatan desa"),
    ("tpk", "tim pelaksana kegiatan"),
    ("pkk", "pemberdayaan dan kesejahteraan keluarga"),
    ("blt", "bantuan langsung tunai"),
    ("bansos", "bantuan sosial"),
    ("pkh", "program keluarga harapan"),
    ("bpnt", "bantuan pangan nontunai", "sembako"),
    ("add", "alokasi dana desa"),
    ("dd", "dana desa"),
    ("pades", "pad desa", "pendapatan asli desa"),
    ("silpa", "sisa lebih pembiayaan anggaran"),
    ("lppd", "laporan penyelenggaraan pemerintahan desa"),
    ("ppid", "pejabat pengelola informasi dan dokumentasi"),
    ("kip", "keterbukaan informasi publik"),
    ("ktp", "kartu tanda penduduk"),
    ("kk", "kartu keluarga"),
    ("sktm", "surat keterangan tidak mampu"),
    ("posyandu", "pos pelayanan terpadu"),
    ("poskesdes", "pos kesehatan desa"),
    ("puskesmas", "pusat kesehatan masyarakat"),
    ("paud", "pendidikan anak usia dini"),
    ("umkm", "usaha mikro kecil dan menengah"),
    ("pamsimas", "penyediaan air minum dan sanitasi berbasis masyarakat"),
    ("rtlh", "rumah tidak layak huni"),
    ("hp", "ponsel", "telepon genggam"),
)


@cache
def _stemmer() -> Any:
    # Sastrawi's own factory adds a cache without end, which hostile words would fill.
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The root of one plain word: perencanaan → rencana. Names, numbers and what is unknown stay as they are."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _stemmer().stem(word) or word


def _plain(text: str) -> str:
    """Small letters without accents and without what composes them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> Iterator[str]:
    """The plain words of a text in their order; a doubled word (jalan-jalan) is one, other pairs are two."""
    for match in _WORD.finditer(_plain(text)):
        parts = [part[:_MAX_WORD] for part in match[0].split("-")]
        if len(parts) == 2 and root(parts[0]) == root(parts[1]):
            parts = parts[:1]
        yield from parts


def roots(text: str) -> list[str]:
    """The roots of a text's words, without words that say nothing."""
    return [root(word) for word in words(text) if word not in STOP_WORDS]


@cache
def _forms() -> dict[tuple[str, ...], frozenset[str]]:
    """From each way of naming a thing, as roots, to the roots of all the others."""
    forms: dict[tuple[str, ...], set[str]] = {}
    for group in SYNONYMS:
        for form in group:
            others = {found for other in group if other != form for found in roots(other)}
            forms.setdefault(tuple(roots(form)), set()).update(others)
    return {form: frozenset(others) for form, others in forms.items()}


@cache
def _longest_form() -> int:
    return max(map(len, _forms()))


def _also_called(found: list[str], position: int) -> Iterator[str]:
    """The roots by which the thing that is named at `position` is also called."""
    for length in range(1, _longest_form() + 1):
        yield from _forms().get(tuple(found[position : position + length]), ())


def vector(*weighted: tuple[str, Weight]) -> str:
    """The value of a `search` column (SearchVectorField) for texts and how much each counts, A before D."""
    places: dict[str, list[str]] = {}
    position = 0
    for text, weight in weighted:
        found = roots(text)[:_MAX_WORDS]
        for index, each in enumerate(found):
            position += 1
            for lexeme in {each, *_also_called(found, index)}:
                places.setdefault(lexeme, []).append(f"{min(position, 16383)}{weight}")
    # PostgreSQL keeps 255 places of a word.
    return " ".join(f"'{lexeme}':{','.join(at[:255])}" for lexeme, at in sorted(places.items()))


def _terms(text: str) -> list[tuple[str, bool]]:
    """The roots that a query asks for, and whether the word may go on: the last one, if it is no whole word yet."""
    found = roots(text)[:MAX_QUERY_WORDS]
    terms = [(each, False) for each in dict.fromkeys(found)]
    if found and len(found[-1]) >= 3 and not _stemmer().dictionary.contains(found[-1]):
        terms = [(each, each == found[-1]) for each, _ in terms]
    return terms


class _Roots(SearchQuery):
    """A query in PostgreSQL's own notation. Its parser, which sees letters as the server's locale does, stays out."""

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s::tsquery")


def query(text: str) -> SearchQuery:
    """What `filter(search=…)` needs to find rows with all these words; whatever is typed, it never raises.

    Nothing but words that say nothing finds nothing.
    """
    terms = [f"'{lexeme}'{':*' if goes_on else ''}" for lexeme, goes_on in _terms(text)]
    return _Roots(" & ".join(terms))


def any_of(text: str) -> SearchQuery:
    """What finds rows with at least one of the words of `text`, and ranks them by how many they share."""
    return _Roots(" | ".join(f"'{each}'" for each in dict.fromkeys(roots(text)[:MAX_QUERY_WORDS])))


def snippet(text: str, asked: str, length: int = 200) -> list[tuple[str, bool]]:
    """The part of `text` around the first word asked for, cut into pieces: (piece, is it what was asked for?)."""
    hits = _hits(text, _terms(asked))
    start = max(hits[0][0] - length // 3, 0) if hits else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.find(" ", start + length)
    end = len(text) if end < 0 else end
    pieces, at = [("… ", False)] if start else [], start
    for first, last in hits:
        if last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _hits(text: str, terms: list[tuple[str, bool]]) -> list[tuple[int, int]]:
    """Where in `text` the words stand that the terms ask for, by any of a thing's names."""
    tokens = [(each, match.span()) for match in _WORD.finditer(text) for each in roots(match[0])]
    found = [each for each, _ in tokens]
    hits = set()
    for index in range(len(tokens)):
        for length in range(1, _longest_form() + 1):
            named = tuple(found[index : index + length])
            lexemes = {*_forms().get(named, ()), *(named if length == 1 else ())}
            if any(_asked_for(lexeme, terms) for lexeme in lexemes):
                hits |= {span for _, span in tokens[index : index + length]}
    return sorted(hits)


def _asked_for(lexeme: str, terms: list[tuple[str, bool]]) -> bool:
    return any(lexeme == asked or (goes_on and lexeme.startswith(asked)) for asked, goes_on in terms)


def nearly(written: str, known: str) -> bool:
    """Is `written` the word `known` with one slip: a letter too many, missing, wrong, or two exchanged?"""
    if written == known or abs(len(written) - len(known)) > 1:
        return written == known
    same = 0
    while same < min(len(written), len(known)) and written[same] == known[same]:
        same += 1
    rest, meant = written[same:], known[same:]
    exchanged = rest[:2] == meant[1::-1] and rest[2:] == meant[2:]
    return exchanged or rest[1:] == meant[1:] or rest == meant[1:] or rest[1:] == meant
