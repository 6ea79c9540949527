import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partisipasi import search
from partisipasi.db import village_scope
from partisipasi.search import finding
from tests.papers.models import Paper


def paper(title: str, text: str = "") -> Paper:
    return Paper.objects.create(title=title, search=search.vector((title, "A"), (text, "B")))


def found(text: str) -> list[str]:
    return sorted(Paper.objects.filter(search=search.query(text)).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Menyusun rencana kerja", "perencanaan"),
        ("Perencanaan desa", "rencana"),
        ("Perbaikan jalan", "memperbaiki jalan-jalan"),
        ("Penguatan partisipasi masyarakat", "kuat"),
        ("Keterbukaan informasi", "terbuka"),
        ("RKP Desa Tahun 2024", "RKPDes"),
        ("RKPDes Tahun 2024", "RKP Desa"),
        ("Rencana Kerja Pemerintah Desa", "rkpdes"),
        ("Sambutan kades", "kepala desa"),
        ("Sambutan Kepala Desa", "kades"),
        ("Sambutan Perbekel", "kades"),
        ("Undangan Musdes", "musyawarah desa"),
        ("Penyaluran Bantuan Langsung Tunai", "BLT"),
        ("Penyaluran BLT", "bantuan langsung tunai"),
        ("Program Pamsimas", "pams"),
        ("Rapat di RT 001", "rt 001"),
        ("Café Ramadhan", "cafe"),
    ],
)
def test_what_is_meant_is_found(village, written, asked):
    paper(written)
    paper("Gotong royong")

    assert found(asked) == [written]


def test_all_words_must_be_there(village):
    paper("Perbaikan jalan")
    paper("Perbaikan jembatan")

    assert found("perbaikan jembatan") == ["Perbaikan jembatan"]
    assert found("perbaikan") == ["Perbaikan jalan", "Perbaikan jembatan"]
    assert found("perbaikan pasar") == []


@pytest.mark.parametrize("asked", ["", "   ", "yang dan di", "!!!", "🙂"])
def test_nothing_asked_finds_nothing(village, asked):
    paper("Yang dan di")

    assert found(asked) == []


@pytest.mark.parametrize(
    "asked",
    ["'", "a' & !b", "desa:*A | !!", "\\", "<->", "a & | b", "(", "\x00desa", "desa'; DROP TABLE x", "%s"],
)
def test_hostile_words_are_only_words(village, asked):
    paper("Gotong royong")

    assert "Gotong royong" not in found(asked)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(written=st.text(max_size=80), asked=st.text(max_size=80))
def test_whatever_is_written_and_asked_never_raises(village, written, asked):
    row = Paper.objects.create(title="x", search=search.vector((written, "A"), (asked, "D")))
    found(asked)
    row.delete()
    pieces = search.snippet(written, asked)
    assert "".join(piece for piece, _ in pieces).strip("… ") in written


def test_a_very_long_text_fits(village):
    paper("Panjang", " ".join(f"kata{n} desa" for n in range(30_000)))

    assert found("kata19") == ["Panjang"]


def test_the_neighbours_rows_are_not_found(village, neighbour):
    with village_scope(neighbour):
        paper("Rahasia tetangga")

    assert found("rahasia") == []


def test_a_snippet_shows_what_was_asked_for_in_its_own_form():
    text = "Warga berkumpul. " * 30 + "Musyawarah desa membahas perencanaan jalan. " + "Selesai. " * 40

    pieces = search.snippet(text, "rencana")

    assert ("perencanaan", True) in pieces
    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)
    assert sum(len(piece) for piece, _ in pieces) < 260


def test_a_snippet_without_a_hit_is_the_beginning():
    assert search.snippet("Pendek saja.", "rencana") == [("Pendek saja.", False)]


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("perencanan", "perencanaan"),
        ("wargaa", "warga"),
        ("desq", "desa"),
        ("irigsai", "irigasi"),
        ("esa", "desa"),
    ],
)
def test_one_slip_is_near(written, known):
    assert search.nearly(written, known)


@pytest.mark.parametrize(
    ("written", "known"), [("jalan", "jembatan"), ("desa", "dosen"), ("irgsai", "irigasi"), ("", "desa")]
)
def test_two_slips_are_another_word(written, known):
    assert not search.nearly(written, known)


@given(
    word=st.text("abcdefg", min_size=2, max_size=8), place=st.integers(0, 7), letter=st.sampled_from("abcz")
)
def test_every_single_slip_is_forgiven(word, place, letter):
    place %= len(word)

    assert search.nearly(word[:place] + word[place + 1 :], word)
    assert search.nearly(word[:place] + letter + word[place:], word)
    assert search.nearly(word[:place] + letter + word[place + 1 :], word)
    assert search.nearly(word[:place] + word[place : place + 2][::-1] + word[place + 2 :], word)


@pytest.fixture
def papers(monkeypatch):
    monkeypatch.setattr(finding, "_kinds", {})
    for name, label in (("surat", "Surat"), ("lembar", "Lembar")):
        search.register(
            name,
            label,
            lambda user, name=name: Paper.objects.filter(published=True, title__startswith=name.title()),
            url=lambda pk, name=name: f"/{name}/{pk}/",
        )


def test_the_best_hit_comes_first_and_the_hidden_not_at_all(village, papers, django_user_model):
    paper("Surat gotong royong", "setelah musyawarah")
    best = paper("Lembar musyawarah desa", "musyawarah tentang musyawarah")
    Paper.objects.create(title="Surat draf", published=False, search=search.vector(("musyawarah", "A")))

    found = search.find("musyawarah", django_user_model())

    assert [hit.title for hit in found.hits()] == ["Lembar musyawarah desa", "Surat gotong royong"]
    assert found.hits()[0].url == f"/lembar/{best.pk}/"
    assert found.counts() == {"surat": 1, "lembar": 1}
    assert [hit.title for hit in found.hits("surat")] == ["Surat gotong royong"]
    assert found.hits("lain") == []
    assert len(found.hits(length=1)) == 1
