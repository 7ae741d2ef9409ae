// Asks what the publish gate makes of the form as it stands, and leads from what it says to the block that it is about.
(function () {
  "use strict";
  const QUIET = 1200;

  function blocks(part) {
    return [...document.querySelectorAll("input[name^='" + part + "-'][name$='-order']")]
      .filter(function (order) { return /^[a-z]+-\d+-order$/.test(order.name); })
      .filter(function (order) { return document.getElementsByName(order.name.replace("-order", "-deleted"))[0].value !== "1"; })
      .sort(function (one, other) { return Number(one.value) - Number(other.value); });
  }

  function lead(button) {
    const order = blocks(button.dataset.part)[Number(button.dataset.index)];
    const block = order && order.closest("[data-contentpath]");
    if (!block) return;
    block.scrollIntoView({ block: "center" });
    const field = block.querySelector("textarea, input:not([type=hidden])");
    if (field) field.focus({ preventScroll: true });
  }

  function start() {
    const panel = document.getElementById("gate-panel");
    const form = document.querySelector("form[data-edit-form]") || document.getElementById("w-editor-form") || document.querySelector("main form");
    if (!panel || !form) return;
    let timer = null, asked = 0;

    async function ask() {
      const turn = ++asked;
      const answer = await fetch(panel.dataset.url, { method: "POST", body: new FormData(form) }).catch(function () { return null; });
      if (!answer || turn !== asked || ![200, 422].includes(answer.status)) return;
      panel.innerHTML = await answer.text();
    }

    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, QUIET);
    });
    panel.addEventListener("click", function (event) {
      const button = event.target.closest(".gate-key");
      if (button) lead(button);
    });
  }

  document.addEventListener("DOMContentLoaded", start);
})();
