// The list of what was logged on this phone, with what became of each entry. Needs outbox.js.
(function () {
  "use strict";
  const part = document.getElementById("on-phone"), row = part.querySelector("template");
  const day = { weekday: "long", day: "numeric", month: "long" }, clock = { ...day, hour: "2-digit", minute: "2-digit" };
  const said = (at, how) => new Date(at).toLocaleString(document.documentElement.lang, how);

  function state(entry) {
    return entry.state === "waiting" ? entry.why || "new" : entry.state;
  }

  function drawn(entry) {
    const item = row.content.cloneNode(true).firstElementChild;
    item.dataset.id = entry.id;
    item.querySelector("[data-label]").textContent = entry.label + (entry.on ? ", " + said(entry.on + "T12:00", day) : "");
    item.querySelector("[data-at]").textContent = said(entry.sent_at || entry.saved_at, clock);
    item.querySelector("[data-errors]").textContent = (entry.errors || []).join(" ");
    for (const words of item.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state(entry);
    return item;
  }

  function show(entries) {
    const left = entries.filter((entry) => !["sent", "both"].includes(entry.state));
    part.hidden = false;
    part.querySelector("[data-none]").hidden = entries.length > 0;
    part.querySelector("[data-send]").hidden = !left.length;
    part.querySelector("[data-rows]").replaceChildren(...entries.reverse().map(drawn));
  }

  // Posted as a page, so that the server shows the form with what was typed and what to put right.
  async function open(entry) {
    const form = Object.assign(document.createElement("form"), { method: "post", action: entry.url, hidden: true });
    const fields = [...entry.fields, ["csrfmiddlewaretoken", await window.outbox.token()]];
    for (const [name, value] of fields) form.append(Object.assign(document.createElement("textarea"), { name: name, value: value }));
    document.body.append(form);
    form.submit();
  }

  async function act(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    button.disabled = true;
    const id = (button.closest("[data-id]") || { dataset: {} }).dataset.id;
    const entry = (await window.outbox.entries()).find((each) => each.id === id);
    if (button.dataset.act === "send") await window.outbox.send(true);
    if (button.dataset.act === "open" && entry) await open(entry).catch(() => {});
    if (button.dataset.act === "drop" && entry) await window.outbox.drop(id);
    button.disabled = false;
  }

  if (!window.outbox) return;
  document.addEventListener("outbox:changed", (event) => show(event.detail));
  window.outbox.entries().then(show).catch(() => {});
  part.addEventListener("click", act);
})();
