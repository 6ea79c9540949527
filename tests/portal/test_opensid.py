"""Taking over a village's content from the dump of its OpenSID: once, whole, clean, and as often as one likes."""

import gzip
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from announcements.models import Article, Budget, Category, Page, Project, PublicDocument
from attendance.models import Activity, ActivityKind
from feedback.models import Category as ReportCategory
from feedback.models import Report
from forums.models import Post
from partisipasi import clock
from partisipasi.db import village_scope
from partisipasi.portal.models import Origin
from partisipasi.portal.opensid import dump
from partisipasi.residents.models import Appointment, Notice, Person, Role
from partisipasi.village.models import Region
from tests import factories
from tests.announcements.factories import make_pdf, make_upload

DUMP = Path(__file__).parents[3] / "shared/data/opensid/opensid-2410.sql.gz"
TODAY = datetime(2026, 11, 25, 3, tzinfo=UTC)


def table(name, columns, *rows):
    """As mysqldump writes it: its columns, with their types where that matters, and its rows."""
    made = ", ".join(
        f"`{each.split()[0]}` {' '.join(each.split()[1:]) or 'text'}" for each in columns.split(",")
    )
    filled = "".join(f"{' '.join(('INSERT INTO', f'`{name}`', 'VALUES', row))};\n" for row in rows)
    return f"CREATE TABLE `{name}` (\n{made}\n);\n{filled}"


ARTICLE = (
    "id int, gambar, isi, enabled int, tgl_upload timestamp, judul, dokumen, link_dokumen, slug, "
    "hit int, tipe, baru"
)
COMMENTS = table(
    "komentar",
    "id int, id_artikel int, owner, email, komentar, tgl_upload timestamp, status int, no_hp, is_archived int",
    "(1,1,'Bu Sri','sri@x.test','Kapan <b>mulai</b>?','2024-05-01 01:00:00',1,'08123',0)",
    "(2,1,'Spam','s@x.test','Beli pulsa','2024-05-01 01:00:00',2,'08123',0)",
    "(3,99,'Pak No','n@x.test','Hilang','2024-05-01 01:00:00',1,'08123',0)",
)


def article(key="1", *, title="Jalan Desa", body="<p>Diperbaiki.</p>", shown=1, kind="dinamis", file="NULL"):
    return (
        f"({key},'foto.jpg','{body}',{shown},'2024-04-30 17:30:00','{title}',{file},'Daftar Hadir',"
        f"'jalan-desa',42,'{kind}',7)"
    )


def articles(*rows):
    return table("artikel", ARTICLE, *rows)


@pytest.fixture
def clerk(village):
    Category.objects.seed()
    ReportCategory.objects.seed()
    ActivityKind.objects.seed()
    return factories.make_official(Role.ADMIN, username="admin-desa")


@pytest.fixture
def taken(tmp_path, clerk):
    """Takes a dump over, and gives the report."""

    def take(text, **options):
        path = tmp_path / "dump.sql"
        path.write_text(text)
        out = StringIO()
        call_command("import_opensid", path, stdout=out, **options)
        return json.loads(out.getvalue())

    return take


def counts(report):
    return {
        name: (table["rows"], table["in_portal"]) for name, table in report["tables"].items() if table["rows"]
    }


def test_the_public_dump_comes_in_twice_with_the_same_result(clerk):
    reports = []
    with clock.at(TODAY):
        for _ in range(2):
            out = StringIO()
            call_command("import_opensid", DUMP, stdout=out)
            reports.append(json.loads(out.getvalue()))
            standing = {
                model: model.objects.count()
                for model in (Article, Post, Report, Region, Person, Activity, Appointment, Origin)
            }

    first, second = reports
    assert counts(first) == counts(second)
    assert counts(first)["artikel"] == (60, 60)
    assert counts(first)["komentar"] == (45, 45)
    assert counts(first)["pengaduan"] == (30, 30)
    assert standing[Article] == 60
    assert standing[Post] == 45
    assert standing[Activity] == 5
    assert {table["new"] for table in second["tables"].values()} == {0}
    assert first["tables"]["artikel"]["left_out"] == second["tables"]["artikel"]["left_out"] == []
    head = Appointment.objects.get(role=Role.VILLAGE_HEAD)
    assert (head.person.name, head.title) == ("Budi Santoso", "Kepala Desa")
    assert str(
        Region.objects.get(
            level_word="RT", name="003", parent__name="02", parent__parent__name="Sumber"
        ).parent
    )
    assert Article.objects.order_by("dated_at").last().author_name == "Administrator"
    assert not Notice.objects.filter(kind="article").exists()


def test_an_article_keeps_its_date_readers_and_comments_without_their_addresses(taken, client):
    report = taken(articles(article()) + COMMENTS)

    found = Article.objects.get()
    assert found.published_at == datetime(2024, 4, 30, 17, 30, tzinfo=UTC)
    assert (found.title, found.reads, found.category.name) == ("Jalan Desa", 42, "Berita")
    page = client.get(found.get_absolute_url()).text
    assert "Bu Sri" in page
    assert "Kapan mulai?" in page
    assert "Spam" not in page
    post = Post.objects.get()
    assert not post.author.is_active
    assert post.posted_at.year == 2024
    assert [each["key"] for each in report["tables"]["komentar"]["left_out"]] == ["2", "3"]
    assert set(report["left_columns"]["komentar"]) == {"email", "no_hp"}
    assert "08123" not in json.dumps(report)


def test_hostile_text_comes_in_clean(taken, client):
    hostile = (
        '<p onclick="x()">Baik<script>alert(1)</script><img src="x" onerror="y()">'
        '<a href="javascript:z()">a</a></p>'
    )
    taken(articles(article(body=hostile, title="<script>Judul</script>")))

    found = Article.objects.get()
    page = client.get(found.get_absolute_url()).text
    assert found.body.startswith("<p>Baik")
    for trap in ("alert(1)", "onclick", "onerror", "javascript:", "<script>Judul"):
        assert trap not in found.body
        assert trap not in page


def test_what_is_not_known_or_not_there_is_a_line_in_the_report(taken):
    report = taken(articles(article("5", kind="keuangan"), article(file="'daftar.pdf'")))

    assert report["unknown_columns"] == {"artikel": ["baru"]}
    assert "komentar" in report["missing_tables"]
    assert "id_user" in report["missing_columns"]["artikel"]
    assert report["missing_files"] == ["daftar.pdf", "foto.jpg"]
    assert report["tables"]["artikel"]["left_out"][0]["key"] == "5"


def test_files_come_from_the_folder_beside_the_dump(taken, tmp_path):
    folder = tmp_path / "desa/upload/artikel"
    folder.mkdir(parents=True)
    (folder / "sedang_foto.jpg").write_bytes(make_upload(color="green").read())
    (folder / "isi.png").write_bytes(make_upload(color="red").read())
    body = '<p>Lihat <img alt="Jembatan" src="https://desa.test/desa/upload/artikel/isi.png"></p>'

    report = taken(articles(article(body=body)), files=tmp_path / "desa")

    found = Article.objects.get()
    assert found.cover
    assert 'alt="Jembatan"' in found.body
    assert found.pictures.count() == 1
    assert report["missing_files"] == []


def test_what_changed_there_changes_here_unless_it_was_changed_here_or_deleted(taken, clerk):
    taken(articles(*(article(key, title=f"Judul {key}") for key in "123")))
    _, second, third = Article.objects.order_by("title")
    second.title = "Diubah di sini"
    second.revise(by=clerk)
    third.archive("Sudah usang.", by=clerk)

    again = taken(articles(*(article(key, title=f"Judul baru {key}") for key in "123")))

    assert again["tables"]["artikel"]["changed"] == 2
    assert again["tables"]["artikel"]["kept"] == 1
    assert set(Article.objects.values_list("title", flat=True)) == {
        "Judul baru 1",
        "Diubah di sini",
        "Judul baru 3",
    }
    third.refresh_from_db()
    assert third.archived_at
    assert Article.objects.count() == 3


def test_what_stands_still_there_becomes_a_page(taken, client):
    report = taken(
        articles(article("3", title="Sejarah Desa", kind="statis"), article("4", kind="statis", shown=2))
    )

    history, draft = Page.objects.in_order()
    assert (history.title, history.part) == ("Sejarah Desa", Page.Part.HISTORY)
    assert history.is_published
    assert not draft.is_published
    assert not Article.objects.exists()
    assert counts(report)["artikel"] == (2, 2)
    assert client.get("/first/artikel/3")["Location"] == history.get_absolute_url()


def test_a_draft_stays_a_draft(taken):
    taken(articles(article(shown=2)))
    assert Article.objects.get().published_at is None


def test_what_ended_in_the_middle_is_gone_on_with(taken, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(Article, "publish", lambda article, **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taken(articles(article()))
    assert Article.objects.get().published_at is None

    assert counts(taken(articles(article())))["artikel"] == (1, 1)
    assert Article.objects.get().is_published


def test_open_complaints_are_promised_an_answer_from_today_and_settled_ones_are_settled(taken):
    report = taken(
        table(
            "pengaduan",
            "id int, id_pengaduan int, nik, nama, telepon, judul, isi, status int, created_at timestamp",
            "(1,NULL,'3301','Bu Sri','081234567890','Lampu','Lampu mati.',1,'2024-05-01 01:00:00')",
            "(2,NULL,'3301','Pak No','x','Got','Got mampet.',3,'2024-05-01 01:00:00')",
            "(3,2,NULL,'Admin',NULL,NULL,'Sudah dikeruk.',3,'2024-05-02 01:00:00')",
        )
    )

    lamp, ditch = Report.objects.order_by("pk")
    assert (lamp.told_name, lamp.told_phone) == ("Bu Sri", "+6281234567890")
    assert lamp.done_due_on > clock.today()
    assert not lamp.released_at
    assert "situs lama pada 1 Mei 2024" in lamp.body
    assert ditch.closed_at
    assert ditch.events.get(act="answered").text == "Sudah dikeruk."
    assert report["left_columns"]["pengaduan"]["nik"]
    assert counts(report)["pengaduan"] == (3, 2)


def test_documents_are_listed_regulations_as_such_and_private_papers_stay_there(taken, tmp_path):
    (tmp_path / "perdes.pdf").write_bytes(make_pdf().read())
    regulation, decree = (
        json.dumps(told).replace('"', '\\"')
        for told in (
            {"uraian": "Anggaran 2024", "no_ditetapkan": "7 Tahun 2023", "tgl_ditetapkan": "28-12-2023"},
            {"no_kep_kades": "12/2024", "tgl_kep_kades": "01-07-2024"},
        )
    )
    report = taken(
        table(
            "dokumen",
            "id int, satuan, nama, enabled int, tgl_upload timestamp, id_pend int, kategori int, attr, url, tahun int, "
            "kategori_info_publik int, deleted int, dok_warga int",
            f"(1,'perdes.pdf','Perdes tentang APB Desa',1,'2024-01-05 02:00:00',0,3,'{regulation}',NULL,2024,1,0,0)",
            f"(2,NULL,'SK Tim Penyusun',1,'2024-07-01 02:00:00',0,2,'{decree}',NULL,2024,3,0,0)",
            "(3,NULL,'Peringatan Banjir',1,'2024-11-20 02:00:00',0,1,'[]','https://x.test/b',2024,2,0,0)",
            "(4,'ktp.pdf','KTP Bu Sri',1,'2024-11-20 02:00:00',77,1,'[]',NULL,2024,1,0,1)",
            "(5,NULL,'Penerima Bantuan',0,'2024-11-20 02:00:00',0,1,'[]',NULL,2024,4,0,0)",
        ),
        files=tmp_path,
    )

    law, decree, warning = PublicDocument.objects.order_by("pk")
    assert (law.law_kind, law.law_number, law.year, law.about) == ("perdes", "7", 2023, "APB Desa")
    assert law.is_published
    assert law.summary == "Anggaran 2024"
    assert (decree.law_kind, decree.law_number, decree.published_at) == ("sk", "12", None)
    assert (warning.classification, warning.law_kind) == ("serta-merta", "")
    assert [each["key"] for each in report["tables"]["dokumen"]["left_out"]] == ["4", "5"]
    assert "KTP" not in json.dumps(report)


def test_an_album_becomes_an_article_with_a_gallery(taken, tmp_path):
    for name in ("satu", "dua"):
        (tmp_path / f"sedang_{name}.jpg").write_bytes(
            make_upload(color=(name == "satu" and "red") or "blue").read()
        )
    albums = table(
        "gambar_gallery",
        "id int, parrent int, gambar, nama, enabled int, tgl_upload timestamp",
        "(1,0,'satu.jpg','Kerja bakti',1,'2024-03-01 02:00:00')",
        "(2,1,'dua.jpg','Membersihkan parit',1,'2024-03-01 02:00:00')",
        "(3,1,'tiga.jpg','Tidak tayang',2,'2024-03-01 02:00:00')",
        "(4,0,'hilang.jpg','Tanpa berkas',1,'2024-03-01 02:00:00')",
    )

    report = taken(albums, files=tmp_path)

    album = Article.objects.get()
    assert (album.title, album.published_at.year) == ("Kerja bakti", 2024)
    assert list(album.gallery.values_list("alt", flat=True)) == ["Kerja bakti", "Membersihkan parit"]
    assert [each["key"] for each in report["tables"]["gambar_gallery"]["left_out"]] == ["4"]
    assert taken(albums, files=tmp_path)["tables"]["gambar_gallery"]["same"] == 1


def test_projects_become_drafts_since_their_timetable_and_money_are_not_told(taken):
    region = factories.make_region(name="Krajan")
    report = taken(
        table(
            "pembangunan",
            "id int, sumber_dana, judul, keterangan, lokasi, lat, lng, volume, tahun_anggaran, pelaksana_kegiatan, "
            "anggaran bigint, perubahan_anggaran int, waktu int, satuan_waktu int",
            "(1,'Dana Desa','Jalan Usaha Tani','Rabat <b>beton</b>','Dusun Krajan','-7.67','109.65','1.200,5 m',2026,"
            "'TPK',150000000,0,3,3)",
            "(2,'Dana Desa','Tanpa nilai',NULL,'Balai',NULL,NULL,'1 unit',2026,'TPK',0,0,0,0)",
        )
    )

    road = Project.objects.get()
    assert (road.region, road.published_at) == (region, None)
    assert (str(road.volume), road.unit, road.cost) == ("1200.50", "m", 150_000_000)
    assert road.ends_on.isoformat() == "2026-04-01"
    assert road.description == "Rabat beton\nSumber dana: Dana Desa"
    assert [each["key"] for each in report["tables"]["pembangunan"]["left_out"]] == ["2"]
    assert any("menjadi draf" in sentence for sentence in report["warnings"])


def test_a_budget_is_taken_over_by_year_and_corrected_as_another_version(taken):
    def rows(road):
        return table(
            "keuangan_manual_rinci",
            "id int, Tahun, Kd_Akun, Kd_Keg, Kd_Rincian, Nilai_Anggaran decimal(65), Nilai_Realisasi decimal(65)",
            "(1,'2024','4.PENDAPATAN','','4.2.1. Dana Desa','800000000.50','0.00')",
            f"(2,'2024','5.BELANJA','00.0000.02 BIDANG PELAKSANAAN PEMBANGUNAN DESA','5.0.0','{road}.00','0.00')",
            "(3,'2023','4.PENDAPATAN','','4.2.1. Dana Desa','0.00','0.00')",
        )

    report = taken(rows(700_000_000))
    budget = Budget.objects.get()
    assert (budget.year, f"{budget.income}", f"{budget.spending}") == (2024, "800000000.50", "700000000.00")
    assert budget.published_at
    assert report["tables"]["keuangan_manual_rinci"]["left_out"] == [
        {"key": "2023", "reason": "Semua angkanya nol."}
    ]

    assert taken(rows(700_000_000))["tables"]["keuangan_manual_rinci"]["same"] == 1
    assert taken(rows(600_000_000))["tables"]["keuangan_manual_rinci"]["changed"] == 1
    assert [each.version for each in Budget.objects.order_by("version")] == [1, 2]


def test_of_several_villages_in_one_dump_only_this_one_comes_in(taken, village):
    own = village.code.replace(".", "")
    shared = table(
        "kategori",
        "id int, config_id int, kategori, slug",
        "(1,1,'Kabar Tetangga','kabar-tetangga')",
        "(2,2,'Kabar Kita','kabar-kita')",
    )

    def config(*codes):
        rows = (f"({number},'Desa','{code}')" for number, code in enumerate(codes, start=1))
        return table("config", "id int, nama_desa, kode_desa", *rows)

    with pytest.raises(CommandError, match="berisi 2 desa"):
        taken(config("1", "2") + shared)
    taken(config("1", own) + shared)

    names = set(Category.objects.values_list("name", flat=True))
    assert "Kabar Kita" in names
    assert "Kabar Tetangga" not in names


def test_each_village_takes_over_for_itself(taken, village, neighbour):
    taken(articles(article()))
    with village_scope(neighbour):
        assert not Article.objects.exists()
        assert not Origin.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Halo, ini bukan dump.", "bukan dump MySQL"),
        (b"INSERT INTO `artikel` VALUES (1,'terpotong", "terpotong"),
        (gzip.compress(b"CREATE TABLE `artikel` (\n`id` int);\n" * 50)[:-30], "rusak atau terpotong"),
    ],
    ids=["words", "cut", "broken"],
)
def test_what_is_no_dump_is_refused_in_a_sentence(clerk, tmp_path, content, sentence):
    path = tmp_path / "dump.sql"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        call_command("import_opensid", path)


def test_the_dump_is_read_by_column_names_with_all_its_escapes():
    found = dump.read(
        [
            "CREATE TABLE `artikel` (\n",
            "`id` int, `isi` text, `b` blob\n",
            ") ENGINE=x;\n",
            "INSERT INTO `artikel` VALUES (1,'it''s \\'ok\\' \\\\',_binary 'x'),\n",
            "(-2,'a;\n",
            "b',0x4142),(3,NULL,'a\\r\\nb');\n",
            "INSERT INTO `artikel` (`isi`, `id`) VALUES ('dua',4);\n",
            "INSERT INTO `artikel` VALUES (5,'kurang');\n",
        ],
        {"artikel"},
    )

    assert found.rows("artikel") == [
        {"id": "1", "isi": "it's 'ok' \\", "b": "x"},
        {"id": "-2", "isi": "a;\nb", "b": "4142"},
        {"id": "3", "isi": None, "b": "a\r\nb"},
        {"isi": "dua", "id": "4"},
    ]
    assert found.unread == ["artikel"]


def test_addresses_of_the_former_site_lead_here(taken, client):
    taken(articles(article("7"), article("8", shown=2)))
    address = Article.objects.get(published_at__isnull=False).get_absolute_url()

    for former in (
        "/artikel/2024/5/1/jalan-desa",
        "/index.php/artikel/2024/5/1/jalan-desa/",
        "/first/artikel/7",
    ):
        answer = client.get(former)
        assert (answer.status_code, answer["Location"]) == (301, address)
    for nothing in ("/artikel/2024/5/1/lain", "/first/artikel/8", "/first/artikel/abc"):
        assert client.get(nothing).status_code == 404
