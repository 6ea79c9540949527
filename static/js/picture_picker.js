// Hands the chosen picture to the editor that opened this window, in the way that the editor listens to.
"use strict";

const number = new URLSearchParams(window.location.search).get("CKEditorFuncNum");

function hand(button) {
  const listener = window.opener && window.opener.CKEDITOR;
  if (!listener) return;
  listener.tools.callFunction(number, button.dataset.url, { alternative_text: button.dataset.alt });
  window.close();
}

for (const button of document.querySelectorAll(".picker button")) {
  button.addEventListener("click", () => hand(button));
}

const fresh = document.querySelector(".picker [data-fresh]");
if (fresh) hand(fresh);
