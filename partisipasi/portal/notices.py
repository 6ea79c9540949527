"""What the portal's own room tells people (`partisipasi.residents.notices`)."""

from partisipasi.residents.notices import register_kind

register_kind("privacy", "Jawaban atas permintaan data pribadi Anda")
register_kind("privacy_request", "Permintaan data pribadi yang harus dijawab")
