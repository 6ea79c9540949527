// Reads an article aloud in an Indonesian voice of the browser's own. Without one, or without this script, nothing of
// it is shown.

(() => {
  const speech = window.speechSynthesis;
  const panel = document.querySelector("[data-listen]");
  if (!speech || !window.SpeechSynthesisUtterance || !panel) return;

  const text = document.getElementById(panel.dataset.listen);
  const play = panel.querySelector("[data-listen-play]");
  const stop = panel.querySelector("[data-listen-stop]");
  const word = play.querySelector("span");
  const LONGEST = 220;
  let waiting = [];
  let state = "silent";

  // Browsers fall silent in the middle of long texts: sentences are handed over one by one.
  const sentences = () => {
    const title = document.querySelector("h1");
    const blocks = [title, ...text.querySelectorAll("h2, h3, h4, p, li, th, td, figcaption")]
      .filter((block) => block && !block.querySelector("p, li"))
      .map((block) => block.textContent.trim().replace(/\s+/g, " "));
    return blocks.flatMap((block) => block.match(/[^.!?]+[.!?]*\s*/g) || []).flatMap(pieces);
  };

  const pieces = (sentence) => {
    const cut = [];
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const at = rest.lastIndexOf(" ", LONGEST);
      cut.push(rest.slice(0, at > 0 ? at : LONGEST));
      rest = rest.slice(at > 0 ? at + 1 : LONGEST);
    }
    return rest ? [...cut, rest] : cut;
  };

  const show = (fresh) => {
    state = fresh;
    word.textContent = { silent: "Dengarkan", speaking: "Jeda", paused: "Lanjutkan" }[state];
    if (state === "silent" && document.activeElement === stop) play.focus();
    stop.hidden = state === "silent";
  };

  // Some phones call Indonesian by its old name, "in".
  const voice = () => {
    const found = speech.getVoices().filter((each) => /^(id|in)([-_]|$)/i.test(each.lang));
    return found.find((each) => each.localService) || found[0] || null;
  };

  const next = () => {
    if (state !== "speaking") return;
    const sentence = waiting.shift();
    if (!sentence) {
      show("silent");
      return;
    }
    const said = new SpeechSynthesisUtterance(sentence);
    said.lang = "id-ID";
    said.voice = voice();
    said.onend = next;
    said.onerror = (event) => {
      if (event.error !== "canceled" && event.error !== "interrupted") show("silent");
    };
    // Kept, or some browsers forget the sentence, and with it what comes after.
    panel.said = said;
    speech.speak(said);
  };

  play.addEventListener("click", () => {
    if (state === "speaking") {
      speech.pause();
      show("paused");
    } else if (state === "paused") {
      show("speaking");
      speech.resume();
      if (!speech.speaking) next();
    } else {
      speech.cancel();
      waiting = sentences();
      show("speaking");
      next();
    }
  });

  stop.addEventListener("click", () => {
    waiting = [];
    show("silent");
    speech.cancel();
    speech.resume();
  });

  // A browser goes on reading after the page is gone.
  window.addEventListener("pagehide", () => speech.cancel());
  // Voices come late in some browsers.
  const offer = () => {
    panel.hidden = !voice();
  };
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
