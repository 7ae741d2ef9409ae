// Shows an exercise moving, for whoever asks: fetches the drawn positions and turns over one after the other.
(function () {
  "use strict";
  const STEP = 90, REST = 700; // milliseconds a position stays, and the first and last ones
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  function player(figure, button) {
    const still = figure.querySelector("svg");
    let moving = null, ways = [], at = 0, forward = true, timer = 0;

    function show(next) {
      ways[at].classList.remove("fig-now");
      ways[(at = next)].classList.add("fig-now");
    }
    function turn() {
      if (at === ways.length - 1) forward = false;
      if (at === 0) forward = true;
      show(at + (forward ? 1 : -1));
      timer = window.setTimeout(turn, at === 0 || at === ways.length - 1 ? REST : STEP);
    }
    function stop() {
      window.clearTimeout(timer);
      timer = 0;
      if (moving) button.textContent = button.dataset.again;
    }
    function start() {
      figure.classList.add("fig-moves");
      button.textContent = button.dataset.stop;
      timer = window.setTimeout(turn, REST);
    }
    async function load() {
      const answer = await fetch(button.dataset.motion, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("svg");
      drawn.classList.add("fig-motion");
      ways = Array.from(drawn.querySelectorAll(".fig-way"));
      ways[0].classList.add("fig-now");
      moving = still.parentNode.insertBefore(drawn, still.nextSibling);
    }
    button.addEventListener("click", async function () {
      const sorry = figure.querySelector(".fig-sorry");
      sorry.textContent = "";
      if (timer) return stop();
      button.disabled = true; // a second press while it loads would load it twice
      try {
        if (!moving) await load();
        start();
      } catch (error) {
        sorry.textContent = sorry.dataset.words;
      }
      button.disabled = false;
    });
    calm.addEventListener("change", function () {
      if (calm.matches) { stop(); figure.classList.remove("fig-moves"); }
    });
    if (window.IntersectionObserver) {
      new IntersectionObserver(function (seen) {
        if (timer && !seen[seen.length - 1].isIntersecting) stop();
      }).observe(figure);
    }
    button.hidden = false;
  }

  document.querySelectorAll(".fig-play").forEach(function (button) { player(button.closest("figure"), button); });
})();
