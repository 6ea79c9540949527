// The editor's buttons and windows in Indonesian, and its text area named for screen readers.
"use strict";

const BUTTONS = {
  heading2: "Judul bagian",
  heading3: "Subjudul",
  heading4: "Subjudul kecil",
  bulletList: "Daftar butir",
  orderedList: "Daftar bernomor",
  orderedListProperties: "Atur penomoran",
  bold: "Tebal",
  italic: "Miring",
  underline: "Garis bawah",
  link: "Sisipkan tautan (pilih teksnya dahulu)",
  unlink: "Hapus tautan",
  blockquote: "Kutipan",
  horizontalRule: "Garis pemisah",
  figure: "Sisipkan gambar",
  table: "Sisipkan tabel",
  "table:addColumnAfter": "Tambah kolom",
  "table:deleteColumn": "Hapus kolom",
  "table:addRowAfter": "Tambah baris",
  "table:deleteRow": "Hapus baris",
  "table:mergeCells": "Gabungkan sel",
  "table:splitCell": "Pisahkan sel",
  "table:toggleHeaderCell": "Jadikan sel kepala",
  "table:deleteTable": "Hapus tabel",
  "history:undo": "Urungkan",
  "history:redo": "Ulangi",
};

const WORDS = {
  "Add caption": "Tambah keterangan",
  "Alternative Text": "Keterangan bagi yang tidak melihat gambar",
  "Browse...": "Pilih atau unggah…",
  Cancel: "Batal",
  Caption: "Keterangan di bawah gambar",
  Columns: "Kolom",
  "Edit Figure": "Ubah gambar",
  "Edit Image": "Ubah gambar",
  "Edit Link": "Tautan",
  "Image URL": "Alamat gambar",
  "Include header row": "Baris pertama sebagai kepala",
  Insert: "Sisipkan",
  "Insert Figure": "Sisipkan gambar",
  "Insert Table": "Sisipkan tabel",
  "List Properties": "Penomoran",
  "Remove caption": "Hapus keterangan",
  Rows: "Baris",
  "Table Properties": "Tabel",
  Title: "Judul tautan",
  URL: "Alamat",
  Update: "Simpan",
};

// The editor asks admin's catalogue of translations once, when it is loaded; this script stands before it.
const translated = window.gettext;
window.gettext = (text) => WORDS[text] || (translated ? translated(text) : text);

function nameButtons(frame) {
  for (const button of frame.querySelectorAll(".prose-menubar button")) {
    const name = BUTTONS[button.dataset.name];
    if (!name) continue;
    button.title = name;
    button.setAttribute("aria-label", name);
  }
  const bar = frame.querySelector(".prose-menubar");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Bentuk teks");
}

function nameText(editor, textarea) {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const text = editor.view.dom;
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  if (!label) return;
  label.id ||= `${textarea.id}-label`;
  text.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", () => editor.commands.focus());
}

// The table's window offers "Yes" and "No" untranslated, and no header row unless asked, which readers need.
function translateChoices(dialog) {
  for (const select of dialog.querySelectorAll("select")) {
    for (const option of select.options) {
      option.value = option.text;
      option.text = { Yes: "Ya", No: "Tidak" }[option.value] || option.text;
    }
    select.value = "Yes";
  }
}

function watchDialogs(frame) {
  const watch = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const dialog = node.querySelector?.("dialog");
        if (dialog) translateChoices(dialog);
      }
    }
  });
  watch.observe(frame, { childList: true });
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  // The buttons come with the editor's own "create", a moment later.
  editor.on("create", () => {
    nameButtons(textarea.closest(".prose-editor"));
    nameText(editor, textarea);
    watchDialogs(textarea.closest(".prose-editor"));
  });
});
