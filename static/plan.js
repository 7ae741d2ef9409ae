// The plan desk without reloads: buttons that rearrange and changed doses ask the server, which does all the counting.
(function () {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  let waiting = 0;
  let asked = 0;

  // The server's answer for this form as typed; nothing is saved unless the button said so.
  async function ask(act) {
    const mine = ++asked;
    const body = new URLSearchParams(new FormData(desk));
    body.set("act", act);
    const answer = await fetch(desk.action, { method: "POST", body: body });
    if (!answer.ok || mine !== asked) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function putFigures(page) {
    desk.querySelectorAll("[data-live]").forEach(function (old) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    });
  }

  async function figures() {
    const page = await ask("update");
    if (page) putFigures(page);
  }

  async function rearrange(button) {
    const page = await ask(button.value).catch(function () { return null; });
    const phase = button.closest("[data-phase]");
    const list = phase.querySelector(".plan-rows");
    const fresh = page && page.querySelector('[data-phase="' + phase.dataset.phase + '"] .plan-rows');
    if (!fresh) return desk.requestSubmit(button);
    list.replaceChildren(...fresh.childNodes);
    putFigures(page);
    const again = desk.querySelector('button[value="' + CSS.escape(button.value) + '"]');
    (again || list.querySelector("li:last-child input:not([type=hidden])") || list).focus();
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(figures, 400);
  }

  let plain = null;
  desk.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (!button || button === plain || !/^(add|remove|up|down):/.test(button.value)) return;
    event.preventDefault();
    plain = button; // if the server can't be asked this way, the same button submits the form as without script
    rearrange(button).finally(function () { plain = null; });
  });
  desk.addEventListener("input", soon);
  desk.addEventListener("change", soon);
})();
