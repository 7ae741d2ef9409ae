// Myth or fact: a press sorts a statement, and then it says what it is. Without script each statement unfolds.
(function () {
  "use strict";
  document.documentElement.classList.add("sorts");

  function sort(event) {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    const item = button.closest(".sorter-item");
    item.dataset.said = button.dataset.pick === item.dataset.is ? "same" : "other";
    item.querySelectorAll("[data-pick]").forEach(function (one) {
      one.setAttribute("aria-pressed", String(one === button));
    });
    item.querySelector("details").open = true;
    const sorter = item.closest(".sorter");
    sorter.querySelector("[data-sorted]").textContent = sorter.querySelectorAll("[data-said]").length;
  }

  document.addEventListener("click", sort);
})();
