// What is typed at a board while there is no network: kept on the device, shown as not sent, and sent once there is one.
// Each has a key that it was given here. The server takes a key once, so that sending again never adds a second.
"use strict";
(() => {
  const words = document.getElementById("kept");
  if (!words || !("indexedDB" in window)) return;
  const board = words.dataset.board;
  const AGAIN = 5000;
  let reached = true, sending = false;

  const store = new Promise((done, failed) => {
    const opened = indexedDB.open("trustwide-boards", 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore("unsent", { keyPath: "key" });
    opened.onsuccess = () => done(opened.result);
    opened.onerror = () => failed(opened.error);
  });
  async function ask(mode, what) {
    const asked = what((await store).transaction("unsent", mode).objectStore("unsent"));
    return new Promise((done, failed) => {
      asked.transaction.oncomplete = () => done(asked.result); // only then is it on the disk
      asked.transaction.onabort = () => failed(asked.transaction.error);
    });
  }
  const keep = (entry) => ask("readwrite", (unsent) => unsent.put(entry));
  const drop = (key) => ask("readwrite", (unsent) => unsent.delete(key));
  const mine = async () => (await ask("readonly", (unsent) => unsent.getAll()))
    .filter((each) => each.board === board).sort((one, two) => one.at.localeCompare(two.at));

  // Kept first and sent then, so that nothing is lost between the two.
  async function submit(event) {
    const form = event.target.closest("form[data-keep]");
    if (!form) return;
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && !["csrfmiddlewaretoken", "key", "happened_at"].includes(name));
    const said = new Map(fields.filter(([, value]) => value));
    const summary = [...form.querySelectorAll("textarea, input[type=text], select")].map((each) => each.name);
    const entry = {
      key: crypto.randomUUID(), board, action: form.dataset.keep, what: form.dataset.what, fields,
      says: summary.map((name) => said.get(name)).filter(Boolean).slice(0, 2).join(", "),
      at: new Date().toISOString(), state: "waiting",
    };
    await keep(entry);
    const state = await send(entry);
    if (state === "sent") location.assign(`${board}?said=added`);
    else if (state === "refused") await show();
    else location.assign(board);
  }

  async function send(entry) {
    let state = "waiting", why = "";
    try {
      const token = await freshToken();
      if (token) [state, why] = await post(entry, token);
    } catch { /* no network, or the server went: it stays */ }
    if (state === "sent") await drop(entry.key);
    else await keep({ ...entry, state, why });
    return state;
  }

  // A page from the shelf has an old token, and says that there is no network.
  async function freshToken() {
    const asked = { cache: "no-store", headers: { "X-By-Itself": "1" } };
    const answer = await fetch(`${board}offline/`, asked);
    if (answer.headers.has("X-From-Shelf") || answer.status >= 500) return "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#kept[data-token]");
    return found ? found.dataset.token : "none";
  }

  async function post(entry, token) {
    const body = new URLSearchParams(entry.fields);
    body.set("csrfmiddlewaretoken", token);
    body.set("key", entry.key);
    body.set("happened_at", entry.at);
    const answer = await fetch(entry.action, { method: "POST", body });
    if (new URL(answer.url).searchParams.get("said") === "added") return ["sent", ""];
    if (answer.status >= 500) return ["waiting", ""];
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("input[name=pin]")) return ["pin", ""];
    if (new URL(answer.url).pathname.startsWith("/sign-in/") || answer.status === 403) return ["sign-in", ""];
    const wrong = page.querySelector(".nhsuk-error-summary li");
    return ["refused", wrong ? wrong.textContent.trim() : ""];
  }

  // What waits for a person is tried as the page is opened; what waits for the network, again and again.
  async function sendAll(states = ["waiting", "pin", "sign-in"]) {
    if (sending) return;
    sending = true;
    try {
      const all = async () => {
        let sent = 0;
        for (const entry of await mine()) if (states.includes(entry.state) && (await send(entry)) === "sent") sent += 1;
        if (sent) words.querySelector("[data-told]").textContent = words.dataset.sent;
      };
      if (navigator.locks) await navigator.locks.request(`kept ${board}`, all);
      else await all();
      await show();
    } finally {
      sending = false;
    }
  }

  async function show() {
    const entries = await mine();
    const list = words.querySelector("ul");
    words.hidden = !entries.length && !words.querySelector("[data-told]").textContent;
    words.querySelector("[data-title]").hidden = !entries.length;
    list.replaceChildren(...entries.map(line));
  }

  function line(entry) {
    const item = document.createElement("li");
    const title = document.createElement("strong");
    title.textContent = `${entry.what}: `;
    const at = new Date(entry.at).toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
    const state = entry.why || words.dataset[entry.state.replace("-", "")] || words.dataset.waiting;
    item.append(title, `${entry.says} (${at}). ${state} `);
    if (entry.state === "pin" || entry.state === "sign-in") {
      const link = document.createElement("a");
      link.href = entry.state === "pin" ? `${board}add/` : `/sign-in/?next=${board}`;
      link.textContent = entry.state === "pin" ? words.dataset.givepin : words.dataset.signinlink;
      item.append(link);
    }
    if (entry.state === "refused") item.append(away(entry));
    return item;
  }

  function away(entry) {
    const button = document.createElement("button");
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    button.textContent = words.dataset.throwaway;
    button.addEventListener("click", async () => { await drop(entry.key); await show(); });
    return button;
  }

  // What the page says of the network: from the board's own look each second, or, elsewhere, from the browser.
  function network(is_there) {
    const was = reached;
    reached = is_there;
    const told = document.getElementById("no-network");
    if (told) told.hidden = is_there;
    if (is_there && !was) sendAll();
  }
  document.addEventListener("board-reached", (event) => network(event.detail));
  window.addEventListener("online", () => sendAll());
  document.addEventListener("submit", submit);
  setInterval(async () => {
    if (reached && (await mine()).some((each) => each.state === "waiting")) sendAll(["waiting"]);
  }, AGAIN);

  // A shared device keeps its board by itself; on a person's own one they say that it may.
  async function standBy() {
    const worker = navigator.serviceWorker;
    if (!worker) return;
    const button = document.getElementById("keep-here");
    const is_kept = await worker.getRegistration(board);
    const is_here = is_kept && new URL(is_kept.scope).pathname === board;
    if (words.dataset.device || is_here) await takeOn(worker);
    else if (button) {
      button.hidden = false;
      button.addEventListener("click", async () => { await takeOn(worker); button.hidden = true; });
    }
  }

  async function takeOn(worker) {
    const registration = await worker.register("/board-worker.js", { scope: board });
    const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
    const keep = [...words.dataset.pages.split(" "), ...files.map((each) => new URL(each.href || each.src).pathname)];
    const running = registration.active || (await new Promise((done) => {
      const coming = registration.installing || registration.waiting;
      coming.addEventListener("statechange", () => { if (coming.state === "activated") done(coming); });
    }));
    running.postMessage({ keep });
  }

  show().then(() => sendAll());
  standBy().catch(() => {});
})();
