"""What a resident types to be verified."""

from django import forms

from partisipasi.residents import codes


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
