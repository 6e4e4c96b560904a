// Arranging a board without leaving the page: the card moves, the focus stays on its button, and its new place is said.
// Without this file each button sends its form, and the page says the same.
"use strict";
(() => {
  const parts = ["arrange", "moved"];

  async function move(event) {
    const form = event.target.closest("#arrange form");
    const button = event.submitter;
    if (!form || !button) return;
    event.preventDefault();
    const card = form.closest("li").id;
    const asked = new FormData(form, button);
    let page;
    try {
      const answer = await fetch(form.action, { method: "POST", body: asked });
      if (!answer.ok) throw new Error(String(answer.status));
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("arrange")) throw new Error("another page");
    } catch {
      form.requestSubmit ? location.reload() : form.submit();
      return;
    }
    const said = page.getElementById("moved").textContent;
    document.getElementById("arrange").replaceWith(document.adoptNode(page.getElementById("arrange")));
    document.getElementById("moved").textContent = said;
    keepFocus(card, button.value);
  }

  // On the same button where it is still there, on the card's other one at an end, on the heading where the card is gone.
  function keepFocus(card, to) {
    const found = document.getElementById(card);
    const next = found && (found.querySelector(`button[value="${to}"]`) || found.querySelector("button"));
    (next || document.querySelector("#arrange button") || document.querySelector("main a")).focus();
  }

  if (parts.every((name) => document.getElementById(name))) document.addEventListener("submit", move);
})();
