"""What the upper lines of a budget are called where its file does not say it (domain: 5.1, 5.2)."""

NAMES = {
    "4": "Pendapatan",
    "4.1": "Pendapatan Asli Desa",
    "4.2": "Pendapatan Transfer",
    "4.3": "Pendapatan Lain-lain",
    "5": "Belanja",
    "6": "Pembiayaan",
    "6.1": "Penerimaan Pembiayaan",
    "6.2": "Pengeluaran Pembiayaan",
    "01": "Bidang Penyelenggaraan Pemerintahan Desa",
    "02": "Bidang Pelaksanaan Pembangunan Desa",
    "03": "Bidang Pembinaan Kemasyarakatan Desa",
    "04": "Bidang Pemberdayaan Masyarakat Desa",
    "05": "Bidang Penanggulangan Bencana, Darurat, dan Mendesak Desa",
}

FUNDS = {
    "DDS": "Dana Desa",
    "DD": "Dana Desa",
    "ADD": "Alokasi Dana Desa",
    "PAD": "Pendapatan Asli Desa",
    "PBH": "Bagi hasil pajak dan retribusi",
    "PBP": "Bantuan keuangan provinsi",
    "PBK": "Bantuan keuangan kabupaten/kota",
    "DLL": "Pendapatan lain-lain",
    "SILPA": "Sisa tahun sebelumnya (SILPA)",
}


def readable(name: str) -> str:
    """A name that its file shouts in capitals, as a sentence writes it."""
    if not name.isupper():
        return name
    small = {"dan", "atau", "untuk", "dari", "di", "pada"}
    words = name.lower().split()
    return " ".join(
        word if place and word in small else word.capitalize() for place, word in enumerate(words)
    )
