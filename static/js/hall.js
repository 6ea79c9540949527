// Without this file the page renews itself as a whole. With it only what changed does, and who lost the network is told.
const lost = document.querySelector("[data-live-lost]");
const failing = new Set();

function secondsOf(part) {
  return Number(part.querySelector("[data-live-seconds]")?.dataset.liveSeconds || part.dataset.liveEvery || 30);
}

function tell(part, isLost) {
  failing[isLost ? "add" : "delete"](part);
  if (lost) lost.hidden = failing.size === 0;
}

async function renew(part, known) {
  const headers = known ? { "If-None-Match": known } : {};
  const answer = await fetch(part.dataset.liveSrc, { headers, cache: "no-store", credentials: "same-origin" });
  if (answer.redirected) location.reload();
  if (answer.status === 304) return known;
  if (!answer.ok) throw new Error(answer.status);
  part.innerHTML = await answer.text();
  return answer.headers.get("ETag");
}

async function live(part) {
  let known = null;
  for (;;) {
    await new Promise((done) => setTimeout(done, failing.has(part) ? 3000 : secondsOf(part) * 1000));
    try {
      known = await renew(part, known);
      tell(part, false);
    } catch {
      tell(part, true);
    }
  }
}

for (const part of document.querySelectorAll("[data-live-src]")) live(part);
