// An open board asks each second whether it changed, and then shows the change. Without this file it is as it was opened.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const EVERY = 1000, GIVE_UP = 60;
  let number = Number(live.dataset.number), missed = 0;

  // Without cookies: a number is no use of anybody's session.
  async function look() {
    const asked = { credentials: "omit", cache: "no-store", headers: { "If-None-Match": `"${number}"` } };
    try {
      const answer = await fetch(live.dataset.live, asked);
      if (answer.status === 200) await renew(Number(await answer.text()));
      else if (answer.status !== 304) throw new Error(String(answer.status));
      missed = 0;
    } catch {
      missed += 1;
    }
    document.dispatchEvent(new CustomEvent("board-reached", { detail: missed === 0 }));
    // A key is good for a day; a page that went on for longer begins anew.
    if (missed >= GIVE_UP && navigator.onLine) location.reload();
    else setTimeout(look, EVERY * (missed > 10 ? 5 : 1));
  }

  async function renew(next) {
    const answer = await fetch(location.pathname, { cache: "no-store", headers: { "X-By-Itself": "1" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) return location.reload();
    const focused = live.contains(document.activeElement) && document.activeElement.getAttribute("href");
    live.replaceChildren(...[...fresh.childNodes].map((each) => document.adoptNode(each)));
    if (focused) live.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    live.dataset.live = fresh.dataset.live;
    document.getElementById("board-when").textContent = page.getElementById("board-when").textContent;
    document.getElementById("live-said").textContent = document.getElementById("live-said").dataset.changed;
    number = Math.max(next, Number(fresh.dataset.number));
  }

  setTimeout(look, EVERY * Math.random());
})();
