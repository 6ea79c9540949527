import gzip


def test_pages_travel_compressed_and_read_the_same(client, village):
    plain = client.get("/kegiatan/")
    packed = client.get("/kegiatan/", headers={"accept-encoding": "gzip"})

    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


def test_a_kept_page_is_not_compressed_for_who_cannot_read_it(client, village):
    client.get("/kegiatan/", headers={"accept-encoding": "gzip"})

    again = client.get("/kegiatan/")

    assert not again.has_header("Content-Encoding")
    assert "<h1" in again.text
