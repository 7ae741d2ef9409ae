// Puts sliders and the picture above the text of a pose. The text stays the truth: sliders write into it, and it may be typed.
(function () {
  "use strict";
  const WAIT = 250; // milliseconds of quiet before the server draws
  const STANDING = { alt: "Start: standing tall. End: standing tall.", marks: [], frames: [{ right_leg: {}, left_leg: {} }, {}] };

  function merged(before, now) {
    const both = Object.assign({}, before);
    for (const [key, value] of Object.entries(now)) {
      const objects = [both[key], value].every((one) => one && typeof one === "object" && !Array.isArray(one));
      both[key] = objects ? merged(both[key], value) : value;
    }
    return both;
  }
  function at(object, path) {
    return path.reduce((found, key) => (found && typeof found === "object" ? found[key] : undefined), object);
  }
  function put(frame, whole, path, value) {
    let place = frame, beside = whole;
    path.slice(0, -1).forEach(function (key, n) {
      const next = path[n + 1];
      beside = beside && beside[key];
      if (typeof next === "number") {
        if (!Array.isArray(place[key])) place[key] = Array.isArray(beside) ? beside.slice() : [0, 0, 0];
      } else if (!place[key] || typeof place[key] !== "object") place[key] = {};
      place = place[key];
    });
    place[path[path.length - 1]] = value;
  }
  function element(name, options, ...inside) {
    const made = Object.assign(document.createElement(name), options);
    made.append(...inside);
    return made;
  }

  function editor(root) {
    const said = JSON.parse(document.getElementById(root.dataset.pose).textContent);
    const text = root.querySelector("textarea"), sliders = root.querySelector("[data-pose-sliders]");
    const picture = root.querySelector("[data-pose-picture]"), faults = root.querySelector("[data-pose-faults]");
    let timer = 0, asked = 0, open = new Set([0]);

    function read() {
      try { const pose = JSON.parse(text.value || "{}"); return Array.isArray(pose.frames) ? pose : null; } catch (error) { return null; }
    }
    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(draw, WAIT);
    }
    async function draw() {
      const mine = (asked += 1);
      const body = new FormData();
      body.append("pose", text.value);
      body.append("csrfmiddlewaretoken", root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
      let told;
      try {
        const answer = await fetch(said.preview, { method: "POST", body: body, credentials: "same-origin", headers: { Accept: "application/json" } });
        told = await answer.json();
      } catch (error) { return; }
      if (mine !== asked) return;
      if (told.svg) picture.innerHTML = told.svg;
      faults.replaceChildren(...(told.faults || []).map((words) => element("li", { textContent: words })));
    }
    function slider(pose, number, whole, one) {
      const value = Number(at(whole, one.path) || 0);
      const range = element("input", { type: "range", min: one.low, max: one.high, step: 1, value: value });
      const digits = element("input", { type: "number", min: one.low, max: one.high, step: "any", value: value });
      for (const input of [range, digits]) input.setAttribute("aria-label", one.label);
      function changed(from, to) {
        to.value = from.value;
        const now = read();
        if (!now || from.value === "") return;
        put(now.frames[number], wholes(now)[number], one.path, Number(from.value));
        text.value = JSON.stringify(now, null, 1);
        later();
      }
      range.addEventListener("input", function () { changed(range, digits); });
      digits.addEventListener("input", function () { changed(digits, range); });
      return element("div", { className: "pose-slider" }, element("span", { textContent: one.label, ariaHidden: "true" }), range, digits);
    }
    function wholes(pose) {
      let latest = {};
      return pose.frames.map((frame) => (latest = merged(latest, frame)));
    }
    function build() {
      const pose = read();
      sliders.replaceChildren();
      if (!pose) {
        if (text.value.trim() === "") {
          const start = element("button", { type: "button", className: "button button-secondary", textContent: said.words.start });
          start.addEventListener("click", function () { text.value = JSON.stringify(STANDING, null, 1); build(); later(); });
          sliders.append(start);
        }
        return;
      }
      wholes(pose).forEach(function (whole, number) {
        const groups = said.groups.map(function (group) {
          const rows = group.reach && Array.isArray(at(whole, group.reach)) ? group.held : group.sliders;
          const fields = rows.map((one) => slider(pose, number, whole, one));
          return element("fieldset", { className: "pose-group" }, element("legend", { textContent: group.name }), ...fields);
        });
        const frame = element("details", { open: open.has(number) }, element("summary", { textContent: said.words.frame + " " + (number + 1) }), ...groups);
        frame.addEventListener("toggle", function () { if (frame.open) open.add(number); else open.delete(number); });
        sliders.append(frame);
      });
    }
    text.addEventListener("input", function () { build(); later(); });
    build();
    if (text.value.trim()) draw();
  }

  document.addEventListener("DOMContentLoaded", function () { document.querySelectorAll("[data-pose]").forEach(editor); });
})();
