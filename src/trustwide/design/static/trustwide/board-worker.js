// Stands between a board's pages and the network: where there is none, the board opens as it was when it was last seen.
// It keeps pages of boards and the files that they need, and nothing else. What is typed is kept by kept.js.
"use strict";
const SHELF = "boards-1";
const BOARD = /^\/[^/]+\/board\/[^/]+\//;
const PATIENCE = 8000; // a network that answers no sooner is as good as none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data && event.data.keep) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
  else if (BOARD.test(url.pathname)) event.respondWith(page(event.request, url.pathname));
});

async function keepAll(paths) {
  const shelf = await caches.open(SHELF);
  for (const path of paths) {
    const answer = await fetch(path, { cache: "no-store", headers: { "X-By-Itself": "1" } }).catch(() => null);
    if (answer && answer.ok && !answer.redirected) await shelf.put(path, answer);
  }
}

// The network first, so that nobody reads yesterday's board while today's can be had.
async function page(request, path) {
  const shelf = await caches.open(SHELF);
  const board = BOARD.exec(path)[0];
  try {
    const answer = await soon(request);
    if (answer.status >= 500) throw new Error(String(answer.status));
    const is_kept = path === board || path.startsWith(`${board}offline/`);
    // Whoever may not open the board any more, a device that was ended for one, must not find it here either.
    if (path === board && (answer.type === "opaqueredirect" || answer.status === 404)) await forget(shelf, board);
    else if (is_kept && answer.ok && !answer.redirected) await shelf.put(path, answer.clone());
    return answer;
  } catch (error) {
    const way_in = path.startsWith(`${board}add/`) ? `${board}offline/` : board;
    const found = (await shelf.match(path)) || (await shelf.match(way_in));
    if (!found) throw error;
    const headers = new Headers(found.headers);
    headers.delete("Refresh"); // it would turn to the board while somebody types
    headers.set("X-From-Shelf", "1");
    return new Response(await found.blob(), { status: 200, headers });
  }
}

async function forget(shelf, board) {
  for (const each of await shelf.keys()) if (new URL(each.url).pathname.startsWith(board)) await shelf.delete(each);
}

async function file(request) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await soon(request);
    if (answer.ok) await shelf.put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await shelf.match(request);
    if (!found) throw error;
    return found;
  }
}

function soon(request) {
  return Promise.race([
    fetch(request),
    new Promise((_done, failed) => { setTimeout(() => failed(new Error("no answer")), PATIENCE); }),
  ]);
}
