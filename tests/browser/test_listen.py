"""An article is read aloud where the browser has an Indonesian voice, and offers nothing where it has none."""

import pytest

from tests.announcements.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A browser's voice that writes down what it is to say, and is done when told so.
VOICE = """
window.said = [];
const speech = new EventTarget();
speech.getVoices = () => [{ lang: "en-US" }, ...LANGUAGES.map((lang) => ({ lang, localService: true }))];
for (const name of ["pause", "resume", "cancel"]) speech[name] = () => window.said.push(name);
speech.speak = (each) => {
  window.said.push(`${each.lang} ${each.voice.lang}: ${each.text}`);
  window.spoken = () => each.onend();
};
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};
"""


def test_an_article_is_read_sentence_by_sentence_paused_and_stopped(page, village):
    article = make_article(
        title="Panen raya", body="<p>Datanglah Senin. Bawa cangkul.</p><ul><li>Topi</li></ul>"
    )
    page.add_init_script(VOICE.replace("LANGUAGES", '["in_ID"]'))
    page.goto(article.get_absolute_url())

    page.get_by_role("button", name="Dengarkan").press("Enter")
    for _ in range(2):
        page.evaluate("spoken()")
    page.get_by_role("button", name="Jeda").press("Enter")
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("button", name="Berhenti").press("Enter")

    sentences = ["Panen raya", "Datanglah Senin.", "Bawa cangkul."]
    spoken = [line for line in page.evaluate("said") if ":" in line]
    assert spoken[:3] == [f"id-ID in_ID: {sentence}" for sentence in sentences]
    assert "pause" in page.evaluate("said")
    assert page.evaluate("said").count("cancel") == 2
    assert page.get_by_role("button", name="Dengarkan").evaluate("each => each === document.activeElement")
    assert page.get_by_role("button", name="Berhenti").count() == 0


def test_without_an_indonesian_voice_there_is_no_button(page, village):
    page.add_init_script(VOICE.replace("LANGUAGES", "[]"))

    page.goto(make_article().get_absolute_url())

    assert page.locator("[data-listen]").is_hidden()
