// Reads a module aloud with the browser's own voice: part by part from where the reader is, the part marked. No network.
(function () {
  "use strict";
  const bar = document.querySelector("[data-aloud]");
  const voice = window.speechSynthesis;
  if (!bar || !voice || !window.SpeechSynthesisUtterance) return;
  const WORDS = "h2, h3, .part-text, .sorter-said, .exercise-name, .tool-columns li, figcaption";
  const UNSAID = ".ask, .asked, .sources, .sorter-told:not([open])";
  const [listen, pause, resume, stop] = ["listen", "pause", "resume", "stop"].map(function (name) {
    return bar.querySelector(`[data-aloud-${name}]`);
  });
  let run = 0; // what was begun before the last press is not heard any more

  function show(state) {
    listen.hidden = state !== "silent";
    pause.hidden = state !== "speaking";
    resume.hidden = state !== "paused";
    stop.hidden = state === "silent";
  }

  function mark(part) {
    document.querySelectorAll(".is-spoken").forEach(function (one) {
      one.classList.remove("is-spoken");
    });
    if (part) part.classList.add("is-spoken");
  }

  function silence() {
    run += 1;
    voice.cancel();
    mark(null);
    show("silent");
  }

  // What to say from the part that is being looked at, one text at a time.
  function texts() {
    const parts = Array.from(document.querySelectorAll("#lesson > .part"));
    const first = parts.findIndex((part) => part.getBoundingClientRect().bottom > innerHeight / 4);
    return parts.slice(Math.max(first, 0)).flatMap(function (part) {
      const said = Array.from(part.querySelectorAll(WORDS)).filter((one) => !one.closest(UNSAID) && !one.closest(".visually-hidden"));
      return said.map((one) => ({ part: part, text: spoken(one) }));
    });
  }

  // Without the meaning of a term, which stands hidden beside it.
  function spoken(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[popover]").forEach((one) => one.remove());
    return copy.textContent.trim();
  }

  function say(queue, mine) {
    if (mine !== run) return;
    if (!queue.length) return silence();
    const [next, ...rest] = queue;
    const words = new SpeechSynthesisUtterance(next.text);
    words.lang = document.documentElement.lang;
    words.onend = () => say(rest, mine);
    words.onerror = () => mine === run && silence();
    mark(next.part);
    voice.speak(words);
  }

  listen.addEventListener("click", function () {
    silence();
    show("speaking");
    say(texts(), run);
    pause.focus();
  });
  pause.addEventListener("click", function () {
    voice.pause();
    show("paused");
    resume.focus();
  });
  resume.addEventListener("click", function () {
    voice.resume();
    show("speaking");
    pause.focus();
  });
  stop.addEventListener("click", function () {
    silence();
    listen.focus();
  });
  document.addEventListener("lesson:shown", silence);
  addEventListener("pagehide", silence);
  bar.hidden = false;
  show("silent");
})();
