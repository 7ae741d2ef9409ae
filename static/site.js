// What a page does beyond plain HTML: nothing here is needed to read, log or sign in.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  // A number field counts in its own steps and stays inside its own limits.
  function step(event) {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.parentElement.querySelector("input");
    if (input.value === "" && input.placeholder) input.value = input.placeholder;
    button.dataset.step > 0 ? input.stepUp() : input.stepDown();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Menus close on Escape and on a press outside them, as people expect of menus.
  function closeMenus(event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
      else if (event.type === "click" && !menu.contains(event.target)) menu.open = false;
    });
  }

  // Nothing that a page kept in this tab outlives a sign-out.
  function forget(event) {
    if (!event.target.matches("form[data-forget]")) return;
    try { sessionStorage.clear(); } catch { /* nothing was kept */ }
  }

  document.addEventListener("submit", forget);
  document.addEventListener("click", step);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  document.addEventListener("DOMContentLoaded", function () {
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
  });
})();
