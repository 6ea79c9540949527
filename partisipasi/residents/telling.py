"""What people are told of offices and passwords (`notices`)."""

from .notices import register_kind

register_kind("appointment", "Penugasan Anda, pengganti, dan serah terima jabatan")
register_kind("verification", "Verifikasi akun Anda")
register_kind("password-code", "Kode kata sandi dibuatkan untuk akun Anda")
