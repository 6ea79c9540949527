import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from partisipasi.village.models import Area

pytestmark = pytest.mark.django_db

REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "idn-area-data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A country of one province, one regency, one district and two villages."""
    (tmp_path / "provinces.csv").write_text("code,name\n33,Jawa Tengah\n")
    (tmp_path / "regencies.csv").write_text("code,province_code,name\n33.01,33,Kabupaten Cilacap\n")
    (tmp_path / "districts.csv").write_text("code,regency_code,name\n33.01.01,33.01,Kedungreja\n")
    (tmp_path / "villages.csv").write_text(
        'code,district_code,name\n33.01.01.2001,33.01.01,Tambakreja\n33.01.01.2002,33.01.01,"Soka""an, I"\n'
    )
    return tmp_path


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def load(folder: Path, stderr: StringIO | None = None) -> str:
    out = StringIO()
    call_command("load_areas", str(folder), stdout=out, stderr=stderr or StringIO())
    return out.getvalue()


def test_the_tree_is_loaded_and_its_source_named(folder):
    out = load(folder)

    assert "5 ditambah, 0 diubah, 0 tetap" in out
    assert "ODbL" in out
    village = Area.objects.get(code="33.01.01.2002")
    assert village.name == 'Soka"an, I'
    assert village.level == Area.Level.VILLAGE
    assert village.parent.parent.parent.name == "Jawa Tengah"


def test_loading_again_changes_only_what_changed(folder):
    load(folder)
    assert "0 ditambah, 0 diubah, 5 tetap" in load(folder)

    (folder / "villages.csv").write_text(
        "code,district_code,name\n33.01.01.2001,33.01.01,Tambaksari\n33.01.01.2003,33.01.01,Baru\n"
    )
    out = load(folder)

    assert "1 ditambah, 1 diubah, 3 tetap" in out
    assert "1 wilayah tidak ada lagi di daftar dan dibiarkan." in out
    assert Area.objects.get(code="33.01.01.2001").name == "Tambaksari"
    assert Area.objects.filter(code="33.01.01.2002").exists()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("villages.csv", b"33.01.01.2001,33.01.01\n", "villages.csv, baris 2: ada 2 kolom, seharusnya 3."),
        ("villages.csv", b"33.01.01.201,33.01.01,X\n", "villages.csv, baris 2: kode '33.01.01.201' bukan"),
        ("villages.csv", b"33.01.01.2001,33.01.02,X\n", "villages.csv, baris 2: induk '33.01.02'"),
        (
            "villages.csv",
            b"33.01.01.2001,33.01.01,X\n33.01.01.2001,33.01.01,Y\n",
            "baris 3: kode 33.01.01.2001 sudah",
        ),
        ("villages.csv", b"33.01.01.2001,33.01.01, \n", "baris 2: nama '' kosong"),
        ("villages.csv", b"33.01.01.2001,33.01.01," + b"X" * 81 + b"\n", "baris 2: nama 'XXX"),
        ("villages.csv", b"33.01.01.2001,33.01.01,A\x00B\n", "baris 2"),
        (
            "villages.csv",
            b"33.01.01.2001,33.01.01,A\n33.01.01.2002,33.01.01,\xff\n",
            "baris 3: hurufnya bukan UTF-8.",
        ),
        ("villages.csv", b'33.01.01.2001,33.01.01,"A\n', "tidak dapat dibaca"),
        ("villages.csv", b'33.01.01.2001,33.01.01,"A\nB"\n', "memuat karakter yang tidak tercetak"),
        ("districts.csv", b"33.01.01,33.99,X\n", "districts.csv, baris 2: induk '33.99'"),
        ("districts.csv", b"", "villages.csv, baris 2: induk '33.01.01'"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(folder, file, content, said):
    path = folder / file
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0] + content)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert said in str(refused.value)
    assert str(refused.value).endswith("Tidak ada yang dimuat.")
    assert not Area.objects.exists()


def test_wrong_columns_are_named(folder):
    (folder / "provinces.csv").write_text("kode,nama\n33,X\n")

    with pytest.raises(CommandError, match=r"provinces\.csv, baris 1: kepala kolomnya harus code,name."):
        load(folder)


def test_a_folder_without_the_files_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"tidak ada provinces.csv, regencies\.csv"):
        load(tmp_path)


def test_a_bar_grows_on_a_terminal_and_lines_stand_elsewhere(folder):
    terminal, file = Terminal(), StringIO()

    load(folder, terminal)
    load(folder, file)

    assert "\rvillages.csv" in terminal.getvalue()
    assert "100 %" in terminal.getvalue()
    assert "\r" not in file.getvalue()
    assert "villages.csv: 2 baris\n" in file.getvalue()


@pytest.mark.skipif(
    not REAL.exists(), reason="The real data lie beside the repository only where it is built."
)
def test_the_real_country_is_loaded_twice_and_a_broken_copy_changes_nothing(tmp_path):
    assert "91.599 ditambah, 0 diubah, 0 tetap" in load(REAL)
    assert Area.objects.filter(level=Area.Level.VILLAGE).count() == 83_762
    assert Area.objects.filter(level=Area.Level.PROVINCE).count() == 38
    assert not Area.objects.exclude(level=Area.Level.PROVINCE).filter(parent=None).exists()

    assert "0 ditambah, 0 diubah, 91.599 tetap" in load(REAL)

    broken = shutil.copytree(REAL, tmp_path / "broken", copy_function=shutil.copyfile)
    lines = (broken / "villages.csv").read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace("Keude Bakongan", "Nama Baru")
    lines[70_000] = "33.01.01.2001;33.01.01;Salah pemisah\n"
    (broken / "villages.csv").write_text("".join(lines))
    with pytest.raises(CommandError, match=r"villages\.csv, baris 70001: ada 1 kolom"):
        load(broken)
    assert Area.objects.get(code="11.01.01.2001").name == "Keude Bakongan"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM village_area")
        assert cursor.fetchone() == (91_599,)
