// The desk's list of the invited without a network, and what it asks of who comes in the place of one. desk_queue.js, which
// follows it on the page, keeps the list and takes what is sent here.
"use strict";

function element(name, told = {}, ...inside) {
  const made = Object.assign(document.createElement(name), told);
  made.append(...inside);
  return made;
}

// The kept list in the place of the page's, which stops at a hundred and needs the server to search. It is made anew only
// where it says something new, so that nobody loses what he is writing in it.
async function showList(taps) {
  const kept = await store("list", "get", here.queue);
  const list = document.querySelector("[data-invited]");
  if (!kept || !list) return;
  const words = (form?.elements.q.value ?? "").toLowerCase();
  const marked = new Set(taps.filter((tap) => tap.url === here.queue).map(keyOf));
  const found = kept.invited.filter((seat) => `${seat.name} ${seat.detail}`.toLowerCase().includes(words));
  const seats = found.slice(0, 100).map((seat) => ({ ...seat, waits: marked.has(keyOf(seat)) }));
  const news = JSON.stringify(seats);
  if (list.dataset.shown === news) return;
  list.dataset.shown = news;
  list.replaceChildren(...seats.map(seatRow));
}

// An invited seat and a registration may have the same number.
const keyOf = (one) => (one.registration ? `pendaftaran ${one.registration}` : `undangan ${one.invitation ?? one.pk}`);

function seatRow(seat) {
  const who = element("div", {}, element("strong", { textContent: seat.name }), element("p", { className: "facts", textContent: seat.detail }));
  const made = element("li", { className: "desk-row", id: keyOf(seat).replace(" ", "-") }, who);
  if (seat.here || seat.waits) made.append(element("span", { className: "facts", textContent: seat.here ? "Hadir" : "Menunggu" }));
  else {
    if (!seat.asks_name) made.append(tapForm(seat));
    if (!seat.registration) made.append(standInForm(seat));
  }
  return made;
}

function tapForm(seat) {
  return element(
    "form",
    { method: "post", action: here.checkIn },
    element("input", { type: "hidden", name: seat.registration ? "registration" : "invitation", value: seat.registration ?? seat.pk }),
    element("button", { className: "btn btn-primary", type: "submit", textContent: "Tandai hadir", ariaLabel: `Tandai hadir ${seat.name}` }),
  );
}

// Who comes for one invited, or from an invited body: asked as of those without an invitation, once it is opened.
function standInForm(seat) {
  const says = seat.stand_in ? `Catat wakil: ${seat.stand_in}` : seat.asks_name ? "Tulis utusannya" : "Diwakili orang lain";
  const made = element("details", {}, element("summary", { textContent: says, ariaLabel: `${says}, ${seat.name}` }));
  made.addEventListener("toggle", () => {
    if (!made.open || made.querySelector("form")) return;
    const sent = element("form", { method: "post", action: here.standIn.replace("/0/", `/${seat.pk}/`), noValidate: true }, ...askedOf(seat));
    sent.dataset.label = seat.name;
    sent.append(element("button", { className: "btn btn-primary", type: "submit", textContent: "Catat hadir" }));
    made.append(sent);
    sent.elements.name.value = seat.stand_in;
    sent.elements.name.focus();
  });
  return made;
}

// The questions of the form for those without an invitation, but whom they represent: the seat says that.
function askedOf(seat) {
  const parts = document.querySelectorAll("#tamu [id^=div_id_]:not([id$=_unsur], [id$=_same_name], [id^=div_id_sex_])");
  return Array.from(parts, (part) => {
    const copy = part.cloneNode(true);
    for (const said of copy.querySelectorAll(".invalid-feedback")) said.remove();
    for (const one of [copy, ...copy.querySelectorAll("*")]) {
      one.classList.remove("is-invalid");
      for (const name of ["aria-invalid", "aria-describedby"]) one.removeAttribute(name);
      if (one.id) one.id += `-${seat.pk}`;
      if (one.htmlFor) one.htmlFor += `-${seat.pk}`;
      if (one.type === "radio") one.checked = one.value === "";
      else if (one.matches("input")) one.value = "";
      else if (one.matches("select")) one.selectedIndex = 0;
    }
    return copy;
  });
}
