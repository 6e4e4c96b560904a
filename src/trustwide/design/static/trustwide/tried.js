// While the title of something new is typed, work like it is looked for and listed under the field. It never takes the
// focus. Without this file the form's own button does the same.
"use strict";
(() => {
  const place = document.getElementById("tried");
  const title = document.getElementById("title");
  if (!place || !title) return;
  const WAIT = 600, LEAST = 6;
  const found = document.getElementById("tried-found"), said = document.getElementById("tried-said");
  const button = title.form.querySelector('button[name="tried"]');
  let asked = found.childElementCount ? title.value.trim() : "", timer = 0, going = null;

  async function look() {
    const words = title.value.trim();
    if (words === asked) return;
    asked = words;
    if (going) going.abort();
    if (words.length < LEAST) return show("");
    going = new AbortController();
    try {
      const address = `${place.dataset.address}?as=part&q=${encodeURIComponent(words.slice(0, 400))}`;
      const answer = await fetch(address, { signal: going.signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      show(await answer.text());
      if (button) button.hidden = true;
    } catch (error) {
      if (error.name !== "AbortError" && button) button.hidden = false;
    }
  }

  // What has the focus is left alone: whoever reads the list goes on reading it.
  function show(text) {
    if (found.contains(document.activeElement)) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const list = page.querySelector("section");
    found.replaceChildren(...(list ? [document.adoptNode(list)] : []));
    const first = found.querySelector("li a");
    said.textContent = first ? `${place.dataset.said} ${first.textContent}` : "";
  }

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  look();
})();
