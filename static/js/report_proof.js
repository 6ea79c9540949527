// Works a few seconds for the right to send without an account: looks for a number that, behind the form's nonce, hashes to
// enough leading zero bits. Without this file nobody is refused; an official then looks at the report first.

const K = [], H = [];
for (let n = 2; K.length < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
  if (!prime) continue;
  if (H.length < 8) H.push(((n ** 0.5 % 1) * 2 ** 32) | 0);
  K.push(((Math.cbrt(n) % 1) * 2 ** 32) | 0);
}

const w = new Int32Array(64);

// The first 32 bits of the SHA-256 of a short text in ASCII (at most 55 letters).
function firstWord(text) {
  w.fill(0);
  for (let i = 0; i < text.length; i++) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  w[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  w[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3))
      + (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = H;
  for (let i = 0; i < 64; i++) {
    const one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (H[0] + a) >>> 0;
}

for (const form of document.querySelectorAll("form[data-proof]")) {
  const nonce = form.elements.nonce.value, shift = 32 - Number(form.dataset.proof);
  let number = 0, sending = false;
  const work = () => {
    for (const end = number + 2000; number < end; number++) {
      if (firstWord(`${nonce}:${number}`) >>> shift === 0) {
        form.elements.proof.value = number;
        if (sending) form.requestSubmit();
        return;
      }
    }
    setTimeout(work);
  };
  work();
  form.addEventListener("submit", (event) => {
    if (form.elements.proof.value === "") { sending = true; event.preventDefault(); }
  });
}
