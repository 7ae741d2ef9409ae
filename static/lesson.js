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

  // What was sent and could not be kept stands in the answer with its error: there the focus goes first.
  function wrong() {
    const field = lesson().querySelector(".field-invalid, .form-wrong");
    return field && (field.querySelector("textarea, input") || field);
  }

  function show(answer, html, id) {
    const page = new DOMParser().parseFromString(html, "text/html").getElementById("lesson");
    if (!page) return location.reload(); // signed out meanwhile: the page itself asks to sign in
    lesson().replaceWith(page);
    document.dispatchEvent(new Event("lesson:shown"));
    const place = answer.ok ? null : wrong();
    if (!place) return goTo(id);
    place.focus({ preventScroll: true });
    place.closest(".field, .form-wrong").scrollIntoView({ block: "center" });
  }

  async function send(event) {
    const form = event.target.closest("#lesson form");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter || form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
      show(answer, await answer.text(), form.dataset.then);
    } catch (lost) {
      button.disabled = false;
      lesson().querySelector(".lesson-lost").hidden = false;
    }
  }

  document.addEventListener("submit", send);
  opened();
})();

// Tells the clinic's server which paragraph is being read, so that any device can go on there.
(function () {
  "use strict";
  const PAUSE = 1500; // milliseconds of quiet before a place counts as read
  let waiting = 0;
  let told = [0, 0];

  // The last paragraph that begins in the upper half of the window, as part and paragraph.
  function place() {
    let found = null;
    document.querySelectorAll("#lesson .part-text[id]").forEach(function (paragraph) {
      if (paragraph.getBoundingClientRect().top < innerHeight / 2) found = paragraph;
    });
    return found && found.id.split("-").slice(1).map(Number);
  }

  function isFurther(here) {
    return here[0] > told[0] || (here[0] === told[0] && here[1] > told[1]);
  }

  function tell() {
    const lesson = document.getElementById("lesson");
    const here = place();
    if (!lesson.dataset.place || !here || !isFurther(here)) return;
    told = here;
    const body = new URLSearchParams({ part: here[0], paragraph: here[1] });
    const token = lesson.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(lesson.dataset.place, { method: "POST", body: body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(function () {
      told = [0, 0];
    });
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(tell, PAUSE);
  }

  addEventListener("scroll", later, { passive: true });
  addEventListener("pagehide", tell);
})();
