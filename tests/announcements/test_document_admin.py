"""How PPID keeps the list of documents in admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from announcements.models import ExemptInformation, PublicDocument
from partisipasi.residents.models import Role
from tests import factories

from .factories import make_document, make_exempt, make_law, make_words

SPACE = "/admin/announcements/publicdocument/"
EXEMPT = "/admin/announcements/exemptinformation/"


@pytest.fixture
def ppid(client, village):
    user = factories.make_official(Role.PPID)
    client.force_login(user)
    return user


def filled(**fields):
    return {
        "title": "Profil Desa",
        "summary": "Letak, penduduk, dan pejabat desa.",
        "classification": "berkala",
        "category": "profil",
        "year": "2026",
        "held_by": "Sekretariat Desa",
        "made_by": "Sekretaris Desa",
        "made_on": "2026-01-05",
        "made_at": "Sukaramah",
        "form": "keduanya",
        "kept_until": "",
        "dated_at_0": "",
        "dated_at_1": "",
        "changes_made-TOTAL_FORMS": "0",
        "changes_made-INITIAL_FORMS": "0",
    } | fields


def law(**fields):
    return filled(
        title="",
        law_kind="perdes",
        law_number="4",
        about="Pungutan Desa",
        enacted_on="2026-02-01",
        promulgated_on="2026-02-02",
        **fields,
    )


def page_of(document: PublicDocument) -> str:
    return f"{SPACE}{document.pk}/change/"


def test_a_document_is_entered_with_its_file_and_published_at_once(client, ppid):
    answer = client.post(f"{SPACE}add/", filled(upload=make_words(), _publish="1"))

    document = PublicDocument.objects.published().get()
    assert answer["Location"] == page_of(document)
    assert (document.slug, document.number) == ("profil-desa", 1)
    assert "Terbit" in client.get(page_of(document)).text


def test_without_a_file_it_stays_a_draft_and_says_so(client, ppid):
    shown = client.post(f"{SPACE}add/", filled(_publish="1"), follow=True).text

    assert "Unggah berkasnya, lalu terbitkan." in shown
    assert not PublicDocument.objects.published().exists()
    document = PublicDocument.objects.get()
    answer = client.post(f"{SPACE}{document.pk}/terbitkan/")
    assert (answer.status_code, "Unggah berkasnya" in answer.text) == (422, True)
    client.post(page_of(document), filled(upload=make_words(), _publish="1"))
    assert PublicDocument.objects.published().get() == document


def test_a_law_is_titled_by_what_it_is_and_says_what_it_revokes(client, ppid):
    old = make_law("1", by=ppid)

    client.post(
        f"{SPACE}add/",
        law(
            upload=make_words(),
            **{
                "changes_made-TOTAL_FORMS": "1",
                "changes_made-0-act": "mencabut",
                "changes_made-0-target": old.pk,
                "_publish": "1",
            },
        ),
    )

    new = PublicDocument.objects.get(law_number="4")
    assert new.title == "Peraturan Desa Nomor 4 Tahun 2026 tentang Pungutan Desa"
    assert [change.target for change in new.changes_made.all()] == [old]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Tulis judulnya."),
        ({"law_kind": "sk"}, "Isi untuk produk hukum."),
        ({"dated_at_0": "2099-01-01", "dated_at_1": "10:00"}, "tidak boleh di masa depan"),
        ({"kept_until": "2020-01-01"}, "Masa simpan berakhir paling cepat"),
        ({"upload": SimpleUploadedFile("laporan.pdf", b"MZ\x90\x00\x03")}, "Jenis berkas ini tidak diterima"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, ppid, fields, said):
    answer = client.post(f"{SPACE}add/", filled(**fields))

    assert said in answer.text
    assert "Letak, penduduk, dan pejabat desa." in answer.text
    assert not PublicDocument.objects.exists()


def test_the_same_law_does_not_stand_in_the_list_twice(client, ppid):
    client.post(f"{SPACE}add/", law())

    answer = client.post(f"{SPACE}add/", law())

    assert "sudah ada" in answer.text
    assert PublicDocument.objects.count() == 1


def test_a_new_version_says_what_changed(client, ppid):
    document = make_document(by=ppid, title="Profil Desa")

    refused = client.post(page_of(document), filled(upload=make_words("Dua.")))
    kept = client.post(page_of(document), filled(upload=make_words("Dua."), change="Luas wilayah."))

    assert "Tulis apa yang berubah" in refused.text
    assert kept.status_code == 302
    assert document.versions.get(number=2).change == "Luas wilayah."


def test_a_version_is_withdrawn_by_its_number(client, ppid):
    document = make_document(by=ppid)
    address = f"{SPACE}{document.pk}/tarik-versi/"

    only = client.post(address, {"number": "1", "reason": "Memuat NIK."})
    none = client.post(address, {"number": "7", "reason": "Memuat NIK."})
    document.revise(make_words("Dua."), change="NIK dihapus.", by=ppid)
    done = client.post(address, {"number": "1", "reason": "Memuat NIK."})

    assert (only.status_code, none.status_code, done.status_code) == (422, 422, 302)
    assert "satu-satunya versi" in only.text
    assert "tidak mempunyai versi 7" in none.text
    assert document.versions.get(number=1).withdrawn_by == ppid


def test_it_is_archived_with_a_reason_and_never_deleted(client, ppid):
    document = make_document(by=ppid)

    client.post(f"{SPACE}{document.pk}/arsipkan/", {"reason": "Sudah diganti."})

    document.refresh_from_db()
    assert document.archived_reason == "Sudah diganti."
    assert client.post(f"{SPACE}{document.pk}/delete/", {"post": "yes"}).status_code == 403


def test_only_documents_with_a_file_are_published_from_the_list(client, ppid):
    ready, empty = make_document(by=ppid, published=False), make_document(by=ppid, published=False)
    empty.versions.all().delete()

    shown = client.post(
        SPACE, {"action": "publish_chosen", "_selected_action": [ready.pk, empty.pk]}, follow=True
    ).text

    assert PublicDocument.objects.published().get() == ready
    assert "Unggah berkasnya lebih dahulu" in shown


def test_the_superior_reads_and_changes_nothing(client, village):
    document, row = make_document(), make_exempt()
    client.force_login(factories.make_official(Role.PPID_SUPERIOR))

    assert client.get(page_of(document)).status_code == 200
    assert client.post(page_of(document), filled(title="Lain")).status_code == 403
    assert client.post(f"{SPACE}{document.pk}/arsipkan/", {"reason": "x"}).status_code == 403
    assert client.post(f"{EXEMPT}{row.pk}/buka/", {"reason": "x"}).status_code == 403


def test_what_is_exempt_has_a_term(client, ppid):
    sent = {
        "content": "Data kesehatan",
        "held_by": "Kasi Kesejahteraan",
        "ground": "Riwayat pribadi.",
        "legal_basis": "UU 14/2008 Pasal 17 huruf h",
        "set_by": "PPID",
        "set_on": "2026-01-05",
        "until_on": "",
        "term": "",
    }

    refused = client.post(f"{EXEMPT}add/", sent)
    kept = client.post(f"{EXEMPT}add/", sent | {"until_on": "2030-01-05"})

    assert "Tulis sampai kapan" in refused.text
    assert kept.status_code == 302
    assert ExemptInformation.objects.get().entered_by == ppid
