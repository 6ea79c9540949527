// The desk works without this file. With it, typing replaces the last search, and "/" leads to it from anywhere.
const search = document.querySelector(".desk-search [type=search]");

search?.addEventListener("focus", () => search.select());
if (search && document.activeElement === search) search.select();

// A signature needs this page's scripts; where they do not run it is not offered.
for (const link of document.querySelectorAll("[data-sign]")) link.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  event.preventDefault();
  search?.focus();
});

// A second tap on a slow network must not look as if the first had been lost.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && event.target.method === "post") setTimeout(() => { button.disabled ||= !event.defaultPrevented; });
});
