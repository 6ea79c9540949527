// Signing with a finger, a pen or a mouse. Without this file the page has nothing to sign on, and says how to go on.
"use strict";

const form = document.getElementById("tanda-tangan");
const canvas = form?.querySelector("canvas");
const pen = canvas?.getContext("2d");
const save = form?.querySelector("[type=submit]");
let last = null;

function place(event) {
  const edge = canvas.getBoundingClientRect();
  return [(event.clientX - edge.left) * canvas.width / edge.width, (event.clientY - edge.top) * canvas.height / edge.height];
}

function draw(event) {
  if (!last) return;
  event.preventDefault();
  for (const each of event.getCoalescedEvents?.() ?? [event]) {
    const next = place(each);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  }
  save.disabled = false;
}

function clear() {
  pen.clearRect(0, 0, canvas.width, canvas.height);
  save.disabled = true;
}

function begin() {
  form.hidden = false;
  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#10131a" });
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); last = place(event); draw(event); });
  canvas.addEventListener("pointermove", draw);
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; });
  form.querySelector("[data-clear]").addEventListener("click", clear);
  form.addEventListener("submit", () => {
    form.elements.drawn.value = canvas.toDataURL("image/png");
    setTimeout(() => { save.disabled = true; });
  });
}

if (pen && window.PointerEvent) begin();
