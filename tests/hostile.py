"""Strings that people, or those who wish a village ill, type into any field. All of them are data everywhere."""

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<b>tebal</b> & <i>miring</i>",
    "</title></textarea></style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7|add:7 }} {% debug %} ${7*7} #{7*7}",
)

TYPST = (
    '#read("/etc/passwd")',
    '#panic("berhenti")',
    "#set text(fill: white)",
    "$ integral x dif x $",
    "*tebal* _miring_ `kode` = Judul",
    "- butir / istilah: arti + nomor",
    "<label> @rujukan // catatan /* lagi */",
    "\\ ~ -- --- \\u{1F600} ] } )",
)

FORMULAS = (
    '=HYPERLINK("http://contoh.example","klik")',
    "=1+1",
    "+6281234567890",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "=cmd|' /C calc'!A0",
)

SQL = (
    "Robert'); DROP TABLE attendance_activity;--",
    "%_%' OR ''='",
)

SCRIPTS = (
    "ꦱꦸꦥꦂꦤ",  # Javanese
    "عبد الرحمن",  # Arabic
    "王小明 たろう",
    "Žofie Łukasz Đặng Ồ",
    "n\u0303a\u0301\u0302\u0303\u0304",  # marks in a pile
    "Budi 😀👨‍👩‍👧‍👦🇮🇩",
    "Nur\u202eidaH",  # right-to-left override
    "Siti\u200bAminah\u00ad",
)

SHAPES = (
    "",
    "   ",
    "Wahyu\nPrasetyo\r\nbaris ketiga",
    "tab\tdan\x0bpindah\x0chalaman",
    "nol\x00 lonceng\x07 hapus\x7f",
    "W" * 300,
    "i" * 300,
    "Sastro" * 40,
    "Siti " * 80,
    'D\'Artagnan "Boy" O’Neil `tick` “kutip”',
    "../../etc/passwd",
    "nama;file?.pdf\\x:*|",
    "null",
    "0",
)

HOSTILE = MARKUP + TYPST + FORMULAS + SQL + SCRIPTS + SHAPES
