// The card of an urgent answer, at once and without a network: it is in the page already. The server shows it after saving, too.
(function () {
  "use strict";
  const form = document.querySelector("form.screen");

  function isFlagged(ask) {
    const chosen = ask.querySelector("input:checked");
    return chosen !== null && chosen.value !== "no";
  }

  // Each card once: under the answer given last, or under another one that still asks for it.
  function show(card, last) {
    const template = document.getElementById("card-" + card);
    if (!template) return;
    const asks = Array.from(form.querySelectorAll('[data-card="' + card + '"]'));
    const flagged = asks.filter(isFlagged);
    const here = flagged.includes(last) ? last : flagged[0];
    asks.forEach(function (ask) {
      const place = ask.querySelector("[data-place]");
      if (ask !== here) place.replaceChildren();
      else if (!place.firstElementChild) place.append(template.content.cloneNode(true));
    });
    if (here && here === last) here.querySelector("[data-place]").scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("change", function (event) {
    const ask = event.target.closest("[data-card]");
    if (ask) show(ask.dataset.card, ask);
  });
  // A page that comes back with its answers, after a mistake or by the back button, shows its cards again.
  window.addEventListener("pageshow", function () {
    new Set(Array.from(form.querySelectorAll("[data-card]"), function (ask) { return ask.dataset.card; }))
      .forEach(function (card) { show(card, null); });
  });
})();
