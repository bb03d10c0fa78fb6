// Keeps the card's own files, so that it opens without a network, and nothing else: no page with
// anybody's data is ever among them. KEPT and EDITION stand above, from the server.
"use strict";
const NAME = `card-${EDITION}`;

const keep = async () => {
  const cache = await caches.open(NAME);
  // Signed out, the server leads to the sign-in page: then the edition that is here stays.
  const fresh = (path) => new Request(path, { cache: "reload", credentials: "same-origin", redirect: "error" });
  await cache.addAll(KEPT.map(fresh));
  await self.skipWaiting();
};
const clear = async () => {
  const former = (await caches.keys()).filter((name) => name.startsWith("card-") && name !== NAME);
  await Promise.all(former.map((name) => caches.delete(name)));
  await self.clients.claim();
};
const answer = async (request) => {
  const cache = await caches.open(NAME);
  return (await cache.match(request.url, { ignoreVary: true })) ?? fetch(request);
};

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && KEPT.includes(pathname)) event.respondWith(answer(event.request));
});
