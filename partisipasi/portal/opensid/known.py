"""What we know of OpenSID's tables, by the names in its public schema: the columns that are read, and those left there.

Columns come and go between its releases, so each may be absent; those that nobody here has heard of are told.
"""

from dataclasses import dataclass, field

PERSONAL = "data pribadi yang tidak diperlukan di sini"
LOOK = "tata letak situs lama"
INBOX = "surat kepada kantor desa, bukan tanggapan"
OWN = "diatur sendiri oleh portal ini"


@dataclass(frozen=True)
class Known:
    """A table: its key, what is read of it, and what is not, with the reason."""

    key: str = "id"
    read: tuple[str, ...] = ()
    left: dict[str, str] = field(default_factory=dict)


def _left(reason: str, *columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, reason)


_STAMPS = _left(OWN, "created_at", "updated_at", "created_by", "updated_by")

TABLES: dict[str, Known] = {
    "config": Known(
        read=("nama_desa", "kode_desa"),
        left=_left(
            OWN,
            *("kode_pos", "nama_kecamatan", "kode_kecamatan", "nama_kabupaten", "kode_kabupaten"),
            *("nama_propinsi", "kode_propinsi", "logo", "lat", "lng", "zoom", "map_tipe", "path"),
            *("alamat_kantor", "email_desa", "telepon", "nomor_operator", "website", "kantor_desa"),
            *("warna", "border", "app_key"),
        )
        | _left(PERSONAL, "nama_kepala_camat", "nip_kepala_camat")
        | _STAMPS,
    ),
    "user": Known(
        read=("nama",),
        left=_left(
            PERSONAL,
            *("username", "password", "id_grup", "pamong_id", "email", "last_login", "email_verified_at"),
            *("id_telegram", "token", "token_exp", "telegram_verified_at", "notif_telegram", "company"),
            *("phone", "foto", "session", "active"),
        )
        | _STAMPS,
    ),
    "kategori": Known(read=("kategori", "enabled", "slug"), left=_left(LOOK, "tipe", "urut", "parrent")),
    "artikel": Known(
        read=(
            *(
                "gambar",
                "gambar1",
                "gambar2",
                "gambar3",
                "isi",
                "enabled",
                "tgl_upload",
                "id_kategori",
                "id_user",
                "judul",
                "dokumen",
            ),
            *("id_user", "judul", "dokumen", "link_dokumen", "boleh_komentar", "slug", "hit", "tipe"),
        ),
        left=_left(LOOK, "headline", "tampilan", "slider") | _STAMPS,
    ),
    "agenda": Known(read=("id_artikel", "tgl_agenda", "koordinator_kegiatan", "lokasi_kegiatan")),
    "komentar": Known(
        read=("id_artikel", "owner", "komentar", "tgl_upload", "status", "is_archived"),
        left=_left(PERSONAL, "email", "no_hp") | _left(INBOX, "subjek", "permohonan", "tipe") | _STAMPS,
    ),
    "pengaduan": Known(
        read=("id_pengaduan", "nama", "telepon", "judul", "isi", "status", "created_at"),
        left=_left(PERSONAL, "nik", "email", "ip_address", "foto") | _left(OWN, "updated_at"),
    ),
    "tweb_wil_clusterdesa": Known(
        read=("rt", "rw", "dusun"),
        left=_left(PERSONAL, "id_kepala")
        | _left(LOOK, "lat", "lng", "zoom", "path", "map_tipe", "warna", "border", "urut", "urut_cetak")
        | _STAMPS,
    ),
    "tweb_desa_pamong": Known(
        key="pamong_id",
        read=(
            *("pamong_nama", "gelar_depan", "gelar_belakang", "pamong_nip", "pamong_niap", "pamong_status"),
            *("id_pend", "pamong_sex", "pamong_nosk", "pamong_tglsk", "pamong_tgl_terdaftar", "jabatan_id"),
            *("jabatan", "urut"),
        ),
        left=_left(
            PERSONAL,
            *("pamong_tag_id_card", "pamong_pin", "pamong_nik", "foto", "pamong_tempatlahir"),
            *("pamong_tanggallahir", "pamong_pendidikan", "pamong_agama", "media_sosial"),
        )
        | _left(
            OWN,
            *("pamong_ttd", "pamong_ub", "pamong_masajab", "pamong_pangkat", "pamong_nohenti"),
            *("pamong_tglhenti", "atasan", "kehadiran"),
        )
        | _left(LOOK, "bagan_tingkat", "bagan_offset", "bagan_layout", "bagan_warna")
        | _STAMPS,
    ),
    "dokumen": Known(
        read=(
            *("satuan", "nama", "enabled", "tgl_upload", "id_pend", "kategori", "attr", "url", "tahun"),
            *("kategori_info_publik", "deleted", "dok_warga"),
        ),
        left=_left(OWN, "tipe", "id_syarat", "id_parent", "lokasi_arsip", "keterangan", "status") | _STAMPS,
    ),
    "gambar_gallery": Known(
        read=("parrent", "gambar", "nama", "enabled", "tgl_upload"),
        left=_left(LOOK, "tipe", "slider", "urut", "jenis", "link") | _STAMPS,
    ),
    "pembangunan": Known(
        read=(
            *("id_lokasi", "sumber_dana", "judul", "keterangan", "lokasi", "lat", "lng", "volume"),
            *("tahun_anggaran", "pelaksana_kegiatan", "anggaran", "perubahan_anggaran", "manfaat"),
            *("waktu", "satuan_waktu"),
        ),
        left=_left(OWN, "slug", "status", "foto", "sifat_proyek", "sumber_biaya_jumlah")
        | _left(
            "sumber dana ditulis dengan kata-kata",
            *("sumber_biaya_pemerintah", "sumber_biaya_provinsi", "sumber_biaya_kab_kota"),
            "sumber_biaya_swadaya",
        )
        | _STAMPS,
    ),
    "pembangunan_ref_dokumentasi": Known(
        left=_left(OWN, "id_pembangunan", "gambar", "persentase", "keterangan") | _STAMPS
    ),
    "keuangan_manual_rinci": Known(
        read=("Tahun", "Kd_Akun", "Kd_Keg", "Kd_Rincian", "Nilai_Anggaran", "Nilai_Realisasi"), left=_STAMPS
    ),
    "keuangan_manual_rinci_tpl": Known(
        left=_left(OWN, "Tahun", "Kd_Akun", "Kd_Keg", "Kd_Rincian", "Nilai_Anggaran", "Nilai_Realisasi")
    ),
    "ref_jabatan": Known(read=("nama",), left=_left(OWN, "jenis", "tupoksi") | _STAMPS),
    "tweb_penduduk": Known(read=("nama",)),
}
QUIET = frozenset({"tweb_penduduk"})
"""Tables of which only one column is anybody's business here: what else they hold is not even named."""
OWNER = "config_id"
"""In the column of this name stands to which village a row belongs, where several share one database."""
