// A module page without page loads: the same forms, sent in the background, and the answer put in place.
(function () {
  "use strict";
  const lesson = () => document.getElementById("lesson");

  function opened() {
    const address = lesson().dataset.open;
    if (!address) return;
    const token = lesson().querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(address, { method: "POST", headers: { "X-CSRFToken": token } }).catch(function () {});
  }

  function goTo(id) {
    const place = document.getElementById(id);
    if (!place) return;
    place.scrollIntoView({ block: "start" });
    place.focus({ preventScroll: true });
  }

  function show(html, id) {
    const page = new DOMParser().parseFromString(html, "text/html").getElementById("lesson");
    if (!page) return location.reload(); // signed out meanwhile: the page itself asks to sign in
    lesson().replaceWith(page);
    goTo(id);
  }

  async function send(event) {
    const form = event.target.closest("#lesson form");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      show(await answer.text(), form.dataset.then);
    } catch (lost) {
      button.disabled = false;
      lesson().querySelector(".lesson-lost").hidden = false;
    }
  }

  document.addEventListener("submit", send);
  opened();
})();
