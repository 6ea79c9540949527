from django import forms


class StyleForm(forms.Form):
    """Every kind of field once, for the living page of the look; it sends nothing anywhere."""

    name = forms.CharField(label="Nama lengkap", max_length=80)
    phone = forms.RegexField(
        r"^0\d[\d ]{7,14}$",
        label="Nomor HP",
        help_text="Dipakai untuk mengabari Anda saja, tidak ditampilkan.",
        error_messages={"invalid": "Tulis nomor HP dengan angka, contoh 0812 3456 7890."},
    )
    hamlet = forms.ChoiceField(
        label="Dusun", choices=[("", "Pilih dusun"), ("krajan", "Krajan"), ("wetan", "Wetan")]
    )
    matter = forms.CharField(
        label="Isi laporan",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Sebutkan tempat dan waktu kejadian.",
    )
    photo = forms.FileField(label="Foto", required=False, help_text="JPG atau PNG, paling besar 5 MB.")
    manner = forms.ChoiceField(
        label="Kabari saya lewat",
        choices=[("portal", "Portal ini"), ("surel", "Surel"), ("telepon", "Telepon")],
        widget=forms.RadioSelect,
        initial="portal",
    )
    anonymous = forms.BooleanField(label="Rahasiakan nama saya", required=False)
