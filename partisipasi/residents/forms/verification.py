"""What a resident types to be verified."""

from django import forms

from partisipasi.residents import codes, nik


class LetterCodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label="Kode pada surat",
        max_length=40,
        help_text="Sembilan huruf dan angka, misalnya K7M-2QX-9RD. Huruf besar dan kecil sama saja.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Tulis kode yang tercetak pada surat Anda."},
    )

    def clean_code(self) -> str:
        code = codes.typed(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                "Kode terdiri atas sembilan huruf dan angka. Periksa lagi pada surat; "
                "angka nol dan satu serta huruf O, I, dan L tidak dipakai."
            )
        return code


class NikForm(forms.Form):
    """A NIK and its name. The NIK is asked here and forgotten again."""

    nik = forms.CharField(
        label="NIK",
        max_length=30,
        help_text="16 angka, seperti tertulis pada KTP atau KK. NIK tidak disimpan.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Tulis NIK Anda."},
    )
    name = forms.CharField(
        label="Nama lengkap",
        max_length=120,
        help_text="Seperti tertulis pada KTP atau KK, tanpa gelar.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tulis nama lengkap Anda."},
    )

    def clean_nik(self) -> str:
        return nik.normalise(self.cleaned_data["nik"])
