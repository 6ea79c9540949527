// The desk without a network: check-ins wait on this device, each with its nonce and this clock, until the server has
// answered for it. Without this file the desk's forms work as they are.
"use strict";

const place = document.getElementById("antrean");
const EVERY = 30_000;
const AGAIN = 4000;
const MOST = 50;
const PATIENCE = 8000;
const here = place?.dataset ?? {};
const DESK = new URL(here.desk ?? "", location.href).pathname;
const SHELF = `meja:${DESK}`;
const form = document.querySelector(".desk-search");
let token = "";
let reachable = navigator.onLine;
let signIn = false;
let sending = null;
const toSign = new Map();

// What the device keeps: `queue` by nonce, and `list` with the names that the page shows.

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("meja-presensi", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("queue", { keyPath: "nonce" });
    asked.result.createObjectStore("list", { keyPath: "url" });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function store(name, verb, ...told) {
  // A check-in is on the disk before the desk says so: batteries of phones end without a word.
  const work = (await opened).transaction(name, verb.startsWith("get") ? "readonly" : "readwrite", { durability: "strict" });
  const asked = work.objectStore(name)[verb](...told);
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve(asked.result);
    work.onerror = work.onabort = () => reject(work.error);
  });
}

const queued = async () => (await store("queue", "getAll")).sort((a, b) => a.at - b.at);
const isWaiting = (tap) => tap.state === "waiting";

function deskId() {
  if (!localStorage.getItem("meja")) localStorage.setItem("meja", crypto.randomUUID());
  return localStorage.getItem("meja");
}

async function forget() {
  await store("list", "clear");
  for (const shelf of await caches.keys()) if (shelf.startsWith("meja:")) await caches.delete(shelf);
}

// Talking with the server

async function ask(url, told) {
  const headers = told ? { "Content-Type": "application/json", "X-CSRFToken": token } : {};
  const wish = { method: told ? "POST" : "GET", headers, body: told && JSON.stringify(told), redirect: "error" };
  let answer;
  try {
    answer = await fetch(url, { ...wish, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    reachable = false;
    return null;
  }
  reachable = answer.status < 500;
  signIn = answer.status === 401;
  if (signIn) await forget();
  return answer.ok ? answer.json() : answer.status === 403 ? { stale: true } : null;
}

async function fetchList() {
  const kept = await ask(here.queue);
  if (!kept || kept.stale) return;
  token = kept.token;
  if (kept.open) await store("list", "put", { url: here.queue, invited: kept.invited });
  else await close();
}

// The list is closed: names leave this device; what still waits is sent, and then held by the secretary's tray.
async function close() {
  await forget();
  const worker = await navigator.serviceWorker?.getRegistration(DESK);
  await worker?.unregister();
}

async function sendTo(url, taps, left) {
  const told = { desk: deskId(), now: Date.now(), left, taps };
  let answer = await ask(url, told);
  if (answer?.stale) {
    await fetchList();
    answer = token && !signIn ? await ask(url, told) : null;
  }
  if (!answer?.answers) return false;
  for (const one of answer.answers) await settle(taps.find((tap) => tap.nonce === one.nonce), one);
  for (const text of answer.news) await tell(text);
  if (!answer.open && url === here.queue) await close();
  return true;
}

async function settle(tap, answer) {
  if (!tap) return;
  if (answer.sign) toSign.set(tap.nonce, answer.sign);
  if (answer.state === "recorded" || (tap.flash && answer.state !== "refused")) await store("queue", "delete", tap.nonce);
  else await store("queue", "put", { ...tap, state: answer.state, text: answer.text, asks: answer.asks, flash: false });
}

const tell = (text) => store("queue", "put", { nonce: crypto.randomUUID(), at: Date.now(), state: "news", text });

async function sendAll() {
  if (!token) await fetchList();
  if (!token || signIn) return show();
  let waiting = (await queued()).filter(isWaiting);
  const urls = new Set([here.queue, ...waiting.map((tap) => tap.url)]);
  for (const url of urls) {
    let mine = waiting.filter((tap) => tap.url === url);
    do {
      const batch = mine.slice(0, MOST);
      mine = mine.slice(MOST);
      if (!(await sendTo(url, batch, mine.length))) return show();
    } while (mine.length);
  }
  await show();
}

// One sending at a time; who asks meanwhile waits for the next.
function send() {
  sending = (sending ?? Promise.resolve()).then(sendAll, sendAll);
  return sending;
}

// What the page shows

function button(text, act) {
  const made = element("button", { className: "btn", type: "button", textContent: text });
  made.addEventListener("click", act);
  return made;
}

async function show() {
  const taps = await queued();
  const waiting = taps.filter(isWaiting).length;
  const word = signIn ? "Perlu masuk" : reachable ? "Daring" : "Luring";
  const count = waiting ? ` · ${waiting} menunggu` : "";
  const line = element("p", { className: "desk-state" }, element("strong", { textContent: word }), count);
  if (!reachable && here.signs) line.append(" · tanda tangan di layar menunggu jaringan");
  if (signIn) line.append(" ", element("a", { href: here.signIn, textContent: "Masuk untuk mengirim" }));
  place.dataset.state = signIn ? "masuk" : reachable ? "daring" : "luring";
  place.replaceChildren(line, element("ul", { className: "desk-list" }, ...taps.map(row)));
  place.hidden = false;
  if (!reachable) await showList(taps);
}

function row(tap) {
  const text = tap.state === "waiting" ? "menunggu jaringan" : tap.text;
  const said = element("div", {}, element("strong", { textContent: tap.label ?? "" }), element("p", { className: "facts", textContent: text }));
  const made = element("li", { className: "desk-row" }, said);
  if (tap.state === "waiting") return made;
  const acts = element("div");
  if (tap.guest && tap.asks && tap.state === "refused")
    acts.append(button("Ya, orang lain", () => change({ ...tap, state: "waiting", guest: { ...tap.guest, same_name: "on" } })));
  acts.append(button("Mengerti", async () => { await store("queue", "delete", tap.nonce); await show(); }));
  made.append(acts);
  return made;
}

async function change(tap) {
  await store("queue", "put", tap);
  await send();
}

// A tap

// The invitation whose seat this form gives to somebody else; its address names it.
function seatOf(sent) {
  const [before, after] = here.standIn.split("/0/");
  const path = new URL(sent.action).pathname;
  return path.startsWith(`${before}/`) && path.endsWith(`/${after}`) ? path.slice(before.length + 1).split("/")[0] : "";
}

function tapOf(sent) {
  const told = Object.fromEntries(new FormData(sent));
  const tap = { nonce: crypto.randomUUID(), at: Date.now(), session: here.session, url: here.queue, state: "waiting", flash: true };
  const name = sent.closest(".desk-row")?.querySelector("strong")?.textContent;
  if (told.invitation) return { ...tap, invitation: told.invitation, label: name };
  if (told.registration) return { ...tap, registration: told.registration, label: name };
  if (told.person) return { ...tap, person: told.person, label: name };
  const { csrfmiddlewaretoken, nonce, sesi, q, halaman, ...guest } = told;
  const seat = seatOf(sent);
  if (seat) return { ...tap, invitation: seat, guest, label: `${guest.name}, dari undangan ${sent.dataset.label}` };
  return { ...tap, guest, label: guest.name };
}

async function mark(sent) {
  const tap = tapOf(sent);
  for (const one of sent.querySelectorAll("button")) one.disabled = true;
  await store("queue", "put", tap);
  // Without a network the next one in the row does not wait for another try.
  if (reachable) await send();
  const left = await store("queue", "get", tap.nonce);
  if (left?.state === "refused") return refuse(sent, tap);
  if (!left && toSign.has(tap.nonce)) return location.assign(toSign.get(tap.nonce));
  if (left) await store("queue", "put", { ...left, flash: false });
  if (location.pathname !== DESK) return location.assign(here.desk);
  if (!left) {
    sessionStorage.setItem("tapped", sent.closest("[id]").id);
    return location.reload();
  }
  for (const one of sent.querySelectorAll("button")) one.disabled = false;
  // Who has begun with the next one meanwhile keeps what he wrote.
  if (tap.guest && sent.elements.name.value === tap.guest.name) sent.reset();
  await show();
  if (!sent.isConnected) form?.elements.q.focus();
}

// The server's page says what is wrong with it, beside the field.
async function refuse(sent, tap) {
  await store("queue", "delete", tap.nonce);
  const lacks = { csrfmiddlewaretoken: token, nonce: tap.nonce, sesi: here.session };
  for (const [name, value] of Object.entries(lacks)) {
    if (!sent.elements[name]) sent.append(element("input", { type: "hidden", name, value }));
  }
  sent.submit();
}

// The page comes back to the row that was tapped, or to the search that found it: the keyboard goes on from there.
function goOn() {
  const tapped = sessionStorage.getItem("tapped");
  sessionStorage.removeItem("tapped");
  if (tapped && form?.elements.q.value) return form.elements.q.focus();
  const row = tapped && document.getElementById(tapped);
  if (!row) return;
  row.tabIndex = -1;
  row.focus();
}

// What still has to be written of a walk-in: the name, and the guardian of who is under 18.
function lackingIn(sent) {
  const { name, age_group: age, guardian } = sent.elements;
  if (!name.value.trim()) return name;
  return age?.value === "<18" && !guardian.value.trim() ? guardian : null;
}

// The server says beside the field what is missing; without it the field itself does.
function incomplete(event, field) {
  if (reachable) return;
  event.preventDefault();
  field.focus();
}

async function begin() {
  goOn();
  document.addEventListener("submit", (event) => {
    const path = new URL(event.target.action).pathname;
    if (path === here.checkIn || path === here.walkIn || seatOf(event.target)) {
      const lacking = path === here.checkIn ? null : lackingIn(event.target);
      if (lacking) return incomplete(event, lacking);
      event.preventDefault();
      mark(event.target);
    } else if (event.target === form && !reachable) {
      event.preventDefault();
      show();
    }
  });
  form?.addEventListener("input", () => reachable || show());
  addEventListener("online", send);
  addEventListener("offline", () => { reachable = false; show(); });
  document.addEventListener("visibilitychange", () => document.hidden || send());
  // A browser may believe that it is online while the server is out of reach, so then it is asked more often.
  setInterval(() => document.hidden || send(), EVERY);
  setInterval(() => reachable || document.hidden || send(), AGAIN);
  if (here.open && location.pathname === DESK) await keep();
  await send();
}

// The worker keeps later visits; the first one, which it did not see, is kept here.
async function keep() {
  if (!navigator.serviceWorker || !navigator.onLine) return;
  await navigator.serviceWorker.register(here.worker);
  if (navigator.serviceWorker.controller) return;
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  const shelf = await caches.open(SHELF);
  await Promise.allSettled([location.href.split("#")[0], ...Array.from(parts, (one) => one.href || one.src)].map((url) => shelf.add(url)));
}

if (place && window.indexedDB && window.caches && crypto.randomUUID) begin();
