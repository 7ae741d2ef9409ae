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
