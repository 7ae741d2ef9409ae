// The plan desk without reloads: buttons that rearrange and changed doses ask the server, which does all the counting.
(function () {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  let waiting = 0;
  let asked = 0;
  let plain = null;

  // The server's answer for this form as typed; nothing is saved unless the button said so.
  async function ask(act) {
    const body = new URLSearchParams(new FormData(desk));
    body.set("act", act);
    const answer = await fetch(desk.action, { method: "POST", body: body }).catch(function () { return null; });
    return answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  function putFigures(page) {
    desk.querySelectorAll("[data-live]").forEach(function (old) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    });
  }

  async function figures() {
    const mine = ++asked;
    const page = await ask("update");
    if (page && mine === asked) putFigures(page); // else a newer answer is on its way
  }

  // The form rests while the answer is on its way, so that nothing typed meanwhile is lost with the old rows.
  async function rearrange(button) {
    const phase = button.closest("[data-phase]");
    const list = phase.querySelector(".plan-rows");
    clearTimeout(waiting);
    asked++;
    const answer = ask(button.value);
    desk.inert = true;
    const page = await answer;
    desk.inert = false;
    const fresh = page && page.querySelector('[data-phase="' + phase.dataset.phase + '"] .plan-rows');
    if (!fresh) return submitPlainly(button);
    list.replaceChildren(...fresh.childNodes);
    putFigures(page);
    const again = list.querySelector('button[value="' + CSS.escape(button.value) + '"]');
    (again || list).focus();
  }

  // If the server can't be asked this way, the same button submits the form as it would without script.
  function submitPlainly(button) {
    plain = button;
    desk.requestSubmit(button);
  }

  desk.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (!button || button === plain || !/^(add|remove|up|down|swap):/.test(button.value)) return;
    event.preventDefault();
    rearrange(button);
  });
  desk.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(figures, 400);
  });
})();
