// Drawings of the hip and thigh: a tapped part opens its words; the chain of steps can be played. All works without it too.
(function () {
  "use strict";
  const STEP_SECONDS = 7;

  function box(element) { return element.closest(".anatomy"); }

  // The layer in which a part can be seen, if it can't be in the one that is shown.
  function showLayerOf(part) {
    const anatomy = box(part), chosen = anatomy.querySelector(".anatomy-chooser :checked");
    const key = part.querySelector("[id]").id;
    const label = anatomy.querySelector('.ana-label[href$="#' + key + '"]');
    if (!chosen || !label) return;
    const layers = label.dataset.on.split(" ");
    if (!layers.includes(chosen.value)) anatomy.querySelector('.anatomy-chooser [value="' + layers[0] + '"]').checked = true;
  }

  // The words lie over the lower end of the screen, so the picture goes to its upper end.
  function keepInSight(picture) {
    const top = picture.getBoundingClientRect().top;
    if (Math.abs(top) > 24) window.scrollBy({ top: top - 8, behavior: "smooth" });
  }

  function tapPart(event) {
    const link = event.target.closest && event.target.closest(".ana a[href^='#']");
    if (!link || !box(link)) return;
    const words = document.getElementById(link.getAttribute("href").slice(1));
    const part = words && words.closest(".anatomy-part");
    if (!part) return;
    event.preventDefault();
    part.open = true;
    part.classList.add("is-tapped");
    if (getComputedStyle(part).position === "sticky") keepInSight(box(part).querySelector(".ana"));
    if (event.detail === 0) part.querySelector("summary").focus(); // by keyboard
  }

  function closePart(event) {
    const part = event.key === "Escape" && event.target.closest(".anatomy-part[open]");
    if (!part) return;
    part.open = false;
    const label = box(part).querySelector('.ana-label[href$="#' + part.querySelector("[id]").id + '"]');
    if (label) label.focus();
  }

  // The chain: whether it is a strip or a player is the style sheet's word, so a part that comes later needs no setting up.
  const timers = new WeakMap();

  function steps(chain) { return Array.from(chain.querySelectorAll(".chain-step")); }
  function numberOf(chain) { return steps(chain).findIndex(function (step) { return step.classList.contains("is-now"); }); }
  function show(chain, number) {
    const all = steps(chain), now = (number + all.length) % all.length;
    all.forEach(function (step, n) { step.classList.toggle("is-now", n === now); });
  }
  function stop(chain) {
    clearInterval(timers.get(chain));
    timers.delete(chain);
    chain.classList.remove("is-playing");
  }
  function start(chain) {
    const last = steps(chain).length - 1;
    if (numberOf(chain) === last) show(chain, 0);
    timers.set(chain, setInterval(function () {
      if (numberOf(chain) === last || !chain.isConnected) stop(chain);
      else show(chain, numberOf(chain) + 1);
    }, STEP_SECONDS * 1000));
    chain.classList.add("is-playing");
  }
  function turnChain(event) {
    const button = event.target.closest && event.target.closest(".chain-bar button");
    if (!button) return;
    const chain = button.closest(".chain"), was = timers.has(chain);
    stop(chain);
    if (button.dataset.chainGo) show(chain, numberOf(chain) + Number(button.dataset.chainGo));
    else if (!was) start(chain);
  }

  document.addEventListener("click", tapPart);
  document.addEventListener("click", turnChain);
  document.addEventListener("keydown", closePart);
  document.addEventListener("toggle", function (event) {
    if (event.target.matches(".anatomy-part[open]")) showLayerOf(event.target);
    else if (event.target.matches(".anatomy-part")) event.target.classList.remove("is-tapped");
  }, true);
})();
