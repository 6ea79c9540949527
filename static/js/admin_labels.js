// Admin's own widgets leave some things without a name; here they get the words that stand beside them.
"use strict";

function columnHeading(cell) {
  const row = cell.parentElement;
  const head = cell.closest("table").tHead?.rows[0];
  return head?.cells[[...row.cells].indexOf(cell)]?.textContent.trim() ?? "";
}

function nameOf(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label) return label.textContent.replace(/:\s*$/, "").trim();
  const cell = select.closest("td");
  return cell ? columnHeading(cell) : "";
}

// A choice with search has its name on the hidden select; what one meets by keyboard and ear is drawn beside it.
function nameChoices(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const drawn = select.nextElementSibling?.querySelector(".select2-selection");
    const name = nameOf(select);
    if (!drawn || !name) continue;
    drawn.removeAttribute("aria-labelledby");
    drawn.setAttribute("aria-label", name);
    drawn.querySelector("[role=textbox]")?.setAttribute("aria-label", name);
    drawn.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
  }
}

function nameColumns() {
  for (const heading of document.querySelectorAll(".tabular thead th")) {
    if (heading.textContent.trim()) continue;
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = heading.classList.contains("original") ? "Baris" : "Hapus";
    heading.append(words);
  }
}

// In a table of rows only the heading tells what a field is, and to the eye alone.
function nameCells(root) {
  for (const field of root.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea)")) {
    if (field.labels.length || field.hasAttribute("aria-label") || field.classList.contains("select2-hidden-accessible")) continue;
    const row = field.closest("tr").querySelector(".original p")?.firstChild?.textContent.trim();
    const heading = columnHeading(field.closest("td"));
    if (heading) field.setAttribute("aria-label", row ? `${heading}: ${row}` : heading);
  }
}

function nameAll() {
  nameColumns();
  nameChoices(document);
  nameCells(document);
}

// Choices are drawn when jQuery is ready, by a callback that stands before this one.
if (window.django?.jQuery) window.django.jQuery(nameAll);
else window.addEventListener("load", nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));
