// Keeps the desk's page and what it is made of, so that it opens without a network. Its reach is the desk alone.
"use strict";

const DESK = new URL("./", self.location.href).pathname;
const SHELF = `meja:${DESK}`;
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A sign-in page in the place of the desk: who is signed out leaves no names behind.
async function visit(request) {
  const shelf = await caches.open(SHELF);
  const isDesk = new URL(request.url).pathname === DESK;
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (isDesk && answer.ok) await shelf.put(request.url, answer.clone());
    else if (isDesk && (answer.type === "opaqueredirect" || answer.redirected)) await caches.delete(SHELF);
    return answer;
  } catch {
    const kept = (await shelf.match(request.url)) ?? (await shelf.match(DESK, { ignoreSearch: true }));
    if (!kept) return Response.error();
    return isDesk ? kept : Response.redirect(DESK);
  }
}

// The browser's own store is asked first by fetch, so a part that carries its version in its name costs no visit.
async function part(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(SHELF)).put(request.url, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request.url)) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (url.pathname.startsWith("/static/") || request.destination === "style") event.respondWith(part(request));
});
