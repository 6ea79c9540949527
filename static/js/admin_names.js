/* Gives names to what stock admin leaves bare, for those who hear the page instead of seeing it. */
"use strict";
{
  const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim().replace(/[:*]$/, "") ?? "";

  const nameChooser = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const chooser = select.parentElement.querySelector(".select2-selection");
    const shown = chooser?.querySelector(".select2-selection__rendered");
    if (!chooser || chooser.dataset.named) return;
    chooser.dataset.named = "yes";
    const words = label ? textOf(label) : select.getAttribute("aria-label");
    if (!words) return;
    // The box is a combobox whose name is its label and what is chosen in it.
    shown?.removeAttribute("role");
    shown?.removeAttribute("aria-readonly");
    chooser.removeAttribute("aria-labelledby");
    chooser.setAttribute("aria-label", words);
    if (shown?.id) chooser.setAttribute("aria-describedby", shown.id);
  };

  const nameCell = (field) => {
    const cell = field.closest("td");
    const table = field.closest("table");
    const name = [...(cell?.classList ?? [])].find((word) => word.startsWith("field-"))?.slice(6);
    if (!name || field.labels?.length || field.hasAttribute("aria-label")) return;
    const head = textOf(table.querySelector(`th.column-${CSS.escape(name)}`));
    const row = textOf(field.closest("tr").querySelector("th, td.original p"));
    if (head) field.setAttribute("aria-label", row ? `${head}: ${row}` : head);
  };

  const nameAll = (root) => {
    root.querySelectorAll("th.original:empty").forEach((head) => {
      const word = document.createElement("span");
      word.className = "visually-hidden";
      word.textContent = "Baris";
      head.append(word);
    });
    root.querySelectorAll("td input:not([type=hidden]), td select, td textarea").forEach(nameCell);
    root.querySelectorAll("select.admin-autocomplete").forEach(nameChooser);
  };

  // Admin's own scripts draw the choosers when the page is ready, so a moment later they are there.
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => nameAll(document), 0));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target), 0));
}
