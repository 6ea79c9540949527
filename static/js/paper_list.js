// Typing in a paper list by keyboard alone. Without this file the page is a plain form. With it Enter and the arrows
// move, names are completed from the address book, and what is not saved yet stays on this device.
"use strict";

const form = document.getElementById("kertas");
const here = form?.dataset ?? {};
const body = form?.querySelector("[data-typed]");
const blank = form?.querySelector("template");
const LASTS = 14 * 24 * 3600 * 1000;
const PAUSE = 150;
const FILLED = ["sex", "unsur", "region", "age_group", "guardian", "address", "phone"];

const rows = () => [...form.querySelectorAll("[data-row]")];
const tickOf = (row) => row.querySelector(".paper-tick input");
const nameOf = (row) => row.querySelector("[data-name]");
const partOf = (row, part) => row.querySelector(`[name$="-${part}"]`);
const stops = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")].filter((one) => one.checkVisibility() && !one.disabled);

function element(name, told = {}, ...inside) {
  const made = Object.assign(document.createElement(name), told);
  made.append(...inside);
  return made;
}

// Rows

function addRow() {
  const place = body.rows.length;
  if (place >= Number(body.dataset.most)) return null;
  const number = Number(body.dataset.first) + place;
  const row = blank.content.firstElementChild.cloneNode(true);
  const pattern = /baris-\d+/;
  row.querySelector(".number").textContent = number;
  for (const one of row.querySelectorAll("[name]")) {
    one.name = one.name.replace(pattern, `baris-${place}`);
    if (one.id) one.id = one.id.replace(pattern, `baris-${place}`);
    if (one.ariaLabel) one.ariaLabel = one.ariaLabel.replace(/\d+$/, number);
  }
  body.append(row);
  return row;
}

function lock(row, isLocked) {
  for (const part of FILLED) {
    const field = partOf(row, part);
    if (!field || field.type === "hidden") continue;
    if (field.tagName === "SELECT") field.disabled = isLocked;
    else field.readOnly = isLocked;
    field.title = isLocked ? "Dari buku alamat" : "";
  }
}

// The count

function count() {
  const marked = rows().filter((row) => tickOf(row).checked && (!nameOf(row) || nameOf(row).value.trim())).length;
  form.querySelector("[data-count]").textContent = marked ? `, ${marked} lagi ditahan di perangkat ini: ${Number(here.recorded) + marked} sesudah disimpan` : "";
  return marked;
}

// What is not saved yet

function keep() {
  const told = [...form.elements].filter((one) => one.name && !["csrfmiddlewaretoken", "sesi", "halaman", "tambah"].includes(one.name));
  const values = told.map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]);
  const isEmpty = !count() && !values.some(([name, value]) => /^(wakil|baris)/.test(name) && typeof value === "string" && value.trim());
  try {
    if (isEmpty) localStorage.removeItem(here.draft);
    else localStorage.setItem(here.draft, JSON.stringify({ at: Date.now(), values }));
  } catch {
    say("Perangkat ini tidak dapat menyimpan ketikan sementara. Simpan halaman ini sesering mungkin.");
  }
}

function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(here.draft));
    return draft && Date.now() - draft.at < LASTS ? draft : null;
  } catch {
    return null;
  }
}

function say(text, ...more) {
  const place = form.querySelector("[data-told]");
  place.replaceChildren(element("p", { textContent: text }), ...more);
  place.hidden = false;
}

function restore(draft) {
  const places = draft.values.map(([name]) => Number(/^baris-(\d+)-/.exec(name)?.[1] ?? -1));
  while (body.rows.length <= Math.max(...places) && addRow());
  for (const [name, value] of draft.values) {
    const field = form.elements.namedItem(name);
    if (!field) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    if (value) field.closest("details")?.setAttribute("open", "");
  }
  lockAll();
  const time = new Date(draft.at).toLocaleString("id-ID", { dateStyle: "long", timeStyle: "short" });
  const drop = element("button", { type: "button", className: "btn", textContent: "Buang ketikan itu" });
  drop.addEventListener("click", () => { localStorage.removeItem(here.draft); form.reset(); location.reload(); });
  say(`Ketikan Anda dari ${time} belum tersimpan di portal. Ketikan itu disimpan sementara di perangkat ini dan sudah dikembalikan di bawah.`, element("p", {}, drop));
}

const lockAll = () => rows().forEach((row) => partOf(row, "person")?.value && lock(row, true));

// Moving

function focusOn(field) {
  field?.focus();
  if (field?.select && field.type !== "checkbox") field.select();
}

function below(field, step) {
  const row = field.closest("[data-row]");
  const all = rows();
  const next = all[all.indexOf(row) + step] ?? (step > 0 && nameOf(row) ? addRow() : null);
  if (!next) return;
  const part = /^baris-\d+-(.+)$/.exec(field.name)?.[1];
  focusOn((part && partOf(next, part)) ?? nameOf(next) ?? tickOf(next));
}

function onward(field, step) {
  const own = stops(field.closest("[data-row]"));
  const next = own[own.indexOf(field) + step];
  if (next) return focusOn(next);
  if (step < 0) return;
  const all = rows();
  const row = all[all.indexOf(field.closest("[data-row]")) + 1] ?? addRow();
  if (row) focusOn(nameOf(row) ?? tickOf(row));
}

function atEdge(field, step) {
  if (field.type === "checkbox") return true;
  if (field.tagName === "SELECT" || field.selectionStart !== field.selectionEnd) return false;
  return step < 0 ? field.selectionStart === 0 : field.selectionEnd === field.value.length;
}

// From the last square of a typed line Enter goes to the next line; its signature is ticked already.
function enter(field) {
  const row = field.closest("[data-row]");
  if (field.type === "checkbox" && !nameOf(row)) {
    field.checked = true;
    keep();
    return below(field, 1);
  }
  const own = stops(row).filter((one) => one !== tickOf(row));
  if (!nameOf(row)) {
    if (field.value.trim()) tickOf(row).checked = true;
    keep();
    return field === own.at(-1) ? below(tickOf(row), 1) : onward(field, 1);
  }
  return field === own.at(-1) || field === tickOf(row) ? onward(tickOf(row), 1) : onward(field, 1);
}

function keyed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return form.requestSubmit(form.querySelector("[type=submit]"));
  }
  const field = event.target;
  if (!field.closest("[data-row]") || !field.matches("input, select") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (found && movesInFound(event)) return event.preventDefault();
  const moves = {
    Enter: () => enter(field),
    ArrowDown: () => field.tagName !== "SELECT" && below(field, 1),
    ArrowUp: () => field.tagName !== "SELECT" && below(field, -1),
    ArrowRight: () => atEdge(field, 1) && (onward(field, 1), true),
    ArrowLeft: () => atEdge(field, -1) && (onward(field, -1), true),
  };
  if (moves[event.key]) {
    if (moves[event.key]() !== false) event.preventDefault();
  } else if (field.type === "checkbox" && field.closest("[data-row]").querySelector(".paper-other") && /^\p{L}$/u.test(event.key)) {
    const other = field.closest("[data-row]").querySelector(".paper-other");
    other.open = true;
    field.checked = true;
    other.querySelector("input").focus();
  }
}

// Completion from the address book

let found = null;
let asked = 0;

function close() {
  found?.list.remove();
  found?.field.setAttribute("aria-expanded", "false");
  found?.field.removeAttribute("aria-activedescendant");
  found = null;
}

function movesInFound(event) {
  const { people, chosen } = found;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") point(Math.min(chosen + 1, people.length - 1));
  else if (event.key === "ArrowUp" && chosen >= 0) point(chosen - 1);
  else if (event.key === "Enter" && chosen >= 0) choose(people[chosen]);
  else {
    if (event.key === "Enter" || event.key === "Tab") close();
    return false;
  }
  return true;
}

function point(place) {
  found.chosen = place;
  [...found.list.children].forEach((one, at) => one.setAttribute("aria-selected", at === place));
  if (place < 0) found.field.removeAttribute("aria-activedescendant");
  else found.field.setAttribute("aria-activedescendant", found.list.children[place].id);
}

function choose(person) {
  const field = found.field;
  const row = field.closest("[data-row]");
  close();
  field.value = person.name;
  partOf(row, "person").value = person.person;
  for (const part of FILLED) if (partOf(row, part)) partOf(row, part).value = person[part] ?? "";
  tickOf(row).checked = true;
  lock(row, true);
  keep();
  onward(tickOf(row), 1);
}

async function complete(field) {
  const turn = ++asked;
  const words = field.value.trim();
  await new Promise((rest) => setTimeout(rest, PAUSE));
  if (turn !== asked) return;
  close();
  if (words.length < 2) return;
  let people;
  try {
    const answer = await fetch(`${here.people}&q=${encodeURIComponent(words)}`, { redirect: "error" });
    people = answer.ok ? (await answer.json()).people : [];
  } catch {
    return; // Without a network names are typed in full.
  }
  if (turn !== asked || !people.length || document.activeElement !== field) return;
  const options = people.map((person, at) => {
    const one = element("li", { id: `ditemukan-${at}`, role: "option" }, person.name, element("small", { textContent: person.detail }));
    one.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(person); });
    return one;
  });
  const list = element("ul", { className: "paper-found", role: "listbox", id: "ditemukan", ariaLabel: "Dari buku alamat" }, ...options);
  field.after(list);
  field.setAttribute("aria-expanded", "true");
  found = { field, list, people, chosen: -1 };
  point(-1);
}

function typed(event) {
  const field = event.target;
  const row = field.closest("[data-row]");
  if (row && field === nameOf(row)) {
    if (partOf(row, "person").value) {
      partOf(row, "person").value = "";
      lock(row, false);
    }
    if (!field.role) Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "ditemukan" }).forEach(([name, value]) => field.setAttribute(name, value));
    complete(field);
  }
  if (field.name?.startsWith("wakil-") && field.value.trim()) tickOf(row).checked = true;
  keep();
}

function begin() {
  const draft = kept();
  const saved = draft?.values.find(([name]) => name === "kiriman")?.[1];
  if (draft && saved === here.saved) localStorage.removeItem(here.draft);
  else if ("bound" in here) { lockAll(); keep(); }
  else if (draft) restore(draft);
  count();
  form.addEventListener("keydown", keyed);
  form.addEventListener("input", typed);
  form.addEventListener("focusout", (event) => event.target === found?.field && close());
  form.addEventListener("submit", (event) => {
    keep();
    const button = event.submitter;
    if (button?.name === "tambah") {
      event.preventDefault();
      const row = addRow();
      if (row) focusOn(nameOf(row));
      return;
    }
    setTimeout(() => { if (button) button.disabled = true; });
  });
  addEventListener("pageshow", () => form.querySelectorAll("[type=submit]").forEach((one) => { one.disabled = false; }));
  if (!("bound" in here) && !draft) focusOn(stops(rows()[0] ?? form)[0]);
}

if (form && body && document.body.checkVisibility) begin();
