// Logs that can't be lost: each is saved on this phone before the network is tried, and counts as sent only when the
// server's answer repeats its id. Also brings the pages that open without network (/sw.js), and guards the way out.
//
// A form takes part with data-outbox="What it is called". Its id is the UUID in its address, or its field client_id; asked for
// JSON, its address repeats it as client_id with 200 or 201 (stored), 409 (kept beside other words) or 422 (needs a look), and
// says in `next` where to go. Optional: data-outbox-day (the day that the page takes for today), data-outbox-worry
// ("morning_pain:8 new_warning:yes"), data-outbox-said (thanks, shown on the next page).
(function () {
  "use strict";
  const root = document.documentElement, words = document.getElementById("outbox"), person = root.dataset.person;
  if (!person || !words || !window.indexedDB) return;
  const LIST = "/offline/pages/", LOGOUT = /\/accounts\/logout\/$/;
  const EVERY = 30000, AT_ONCE = 8000, PATIENCE = 15000, SOONEST = 5000, LATEST = 600000, RECEIPTS = 50; // milliseconds; entries
  const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
  const SIGN_IN_FIRST = ["signed_out", "other_person", "consent", "second_factor", "csrf"];
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const isDone = (entry) => entry.state === "sent" || entry.state === "both";

  // --- What is on this phone. Rows belong to a person; nobody else's are ever read.

  const opening = new Promise(function (done, fail) {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: ["person", "id"] });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function store(mode, act) {
    const base = await opening;
    return new Promise(function (done, fail) {
      const whole = base.transaction("entries", mode, { durability: "strict" });
      const asked = act(whole.objectStore("entries"));
      whole.oncomplete = () => done(asked && asked.result);
      whole.onabort = () => fail(whole.error);
    });
  }

  const all = () => store("readonly", (rows) => rows.getAll(IDBKeyRange.bound([person], [person, []])));
  const one = (id) => store("readonly", (rows) => rows.get([person, id]));
  const entries = async () => (await all()).sort((a, b) => a.saved_at - b.saved_at);
  const waiting = async () => (await entries()).filter((entry) => !isDone(entry));

  const tabs = window.BroadcastChannel ? new BroadcastChannel("outbox") : { postMessage: function () {} };
  tabs.onmessage = () => changed();

  async function put(entry) {
    await store("readwrite", (rows) => rows.put(entry));
    tabs.postMessage("changed");
    await changed();
    return entry;
  }

  async function drop(id) {
    await store("readwrite", (rows) => rows.delete([person, id]));
    tabs.postMessage("changed");
    await changed();
  }

  async function keepNothing() {
    await store("readwrite", (rows) => rows.delete(IDBKeyRange.bound([person], [person, []])));
    tellWorker("forget");
    if (window.caches) for (const name of await caches.keys()) if (name.startsWith("kept-")) await caches.delete(name);
  }

  // --- Sending: one page at a time, in the order of saving. The server takes the same entry any number of times.

  let token = root.dataset.kept ? "" : (document.querySelector("[name=csrfmiddlewaretoken]") || {}).value || "";

  async function freshToken() {
    const answer = await fetch(LIST, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    const said = await answer.json().catch(() => ({}));
    token = (said.person === person && said.csrf) || "";
    return token;
  }

  async function post(entry) {
    const body = new URLSearchParams(entry.fields);
    const headers = { Accept: "application/json", "X-Person": entry.person, "X-CSRFToken": token };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(entry.url, { method: "POST", body: body, headers: headers, signal: signal, keepalive: true });
    return { status: answer.status, said: await answer.json().catch(() => null) };
  }

  function later(entry, why) {
    const wait = Math.min(LATEST, SOONEST * 2 ** entry.tries) * (0.75 + Math.random() / 2);
    return { ...entry, state: "waiting", why: why, tries: entry.tries + 1, next_at: Date.now() + wait };
  }

  const errorsIn = (said) => Object.values(said.errors || {}).flat().map((error) => error.message || String(error));

  async function outcome(entry) {
    let answer;
    try {
      if (!token) await freshToken();
      answer = await post(entry);
      if (answer.status === 403 && answer.said && answer.said.error === "csrf" && (await freshToken())) answer = await post(entry);
    } catch (lost) {
      return later(entry, "offline");
    }
    const said = answer.said || {}, isOurs = said.client_id === entry.id;
    if (isOurs && (answer.status === 200 || answer.status === 201)) return done(entry, "sent", said);
    if (isOurs && answer.status === 409) return done(entry, "both", said);
    if (answer.status === 401 || SIGN_IN_FIRST.includes(said.error)) return { ...entry, state: "waiting", why: "signed_out" };
    if (answer.said && [400, 404, 413, 422].includes(answer.status)) {
      return { ...entry, state: "refused", why: "refused", errors: errorsIn(said) };
    }
    return later(entry, "server"); // also a page instead of JSON, as from a network that wants a sign-in of its own
  }

  // What was typed goes; the receipt stays.
  const done = (entry, state, said) => ({ ...entry, fields: [], state: state, why: "", next: said.next, sent_at: Date.now() });

  async function sendOne(id) {
    const entry = await one(id);
    if (!entry || isDone(entry)) return entry;
    const after = await put(await outcome(entry));
    if (isDone(after)) tellWorker("keep now");
    if (after.why === "signed_out") tellWorker("forget");
    return after;
  }

  // Web Locks keep two tabs from sending at once; without them the same entry may be sent twice, which does no harm.
  const alone = (act) => (navigator.locks ? navigator.locks.request("outbox", act) : act());
  const isDue = (entry) => entry.state === "waiting" && !(entry.next_at > Date.now() && entry.next_at < Date.now() + 2 * LATEST);

  function send(now) {
    return alone(async function () {
      for (const entry of await waiting()) {
        if (!now && !isDue(entry)) continue;
        const after = await sendOne(entry.id);
        if (after && (after.why === "offline" || after.why === "signed_out")) break; // so it would be for the rest
      }
      await prune();
    }).catch(() => {});
  }

  async function prune() {
    const receipts = (await entries()).filter(isDone);
    for (const entry of receipts.slice(0, -RECEIPTS)) await drop(entry.id);
  }

  // --- Saving what a form says.

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // A page that was kept on this phone is filled in more than once, so each time it gets an id of its own; a session that was
  // begun (static/player.js) keeps the one in the address of the page.
  function prepare(form) {
    const field = form.elements.client_id, found = (field ? field.value : form.getAttribute("action") || "").match(UUID);
    if (!found) return form.removeAttribute("data-outbox");
    const begun = (new URLSearchParams(location.search).get("session") || "").match(UUID);
    rename(form, root.dataset.kept ? (begun ? begun[0] : uuid()) : found[0]);
    delete form.dataset.busy;
    if (root.dataset.kept && form.dataset.outboxDay) followCalendar(form);
  }

  function rename(form, id) {
    const field = form.elements.client_id, player = document.querySelector("[data-player]");
    form.dataset.id = id;
    if (field) field.value = id;
    else form.setAttribute("action", form.getAttribute("action").replace(UUID, id));
    if (player) player.dataset.player = id;
  }

  const dayHere = () => new Intl.DateTimeFormat("en-CA", { timeZone: words.dataset.zone || undefined }).format(new Date());

  // A kept page was made on an earlier day: its days move on with the phone's calendar.
  function followCalendar(form) {
    const past = Math.round((Date.parse(dayHere()) - Date.parse(form.dataset.outboxDay)) / 86400000);
    const moved = (day) => new Date(Date.parse(day) + past * 86400000).toISOString().slice(0, 10);
    for (const input of form.querySelectorAll("input")) {
      for (const name of ["max", "min", "value"]) {
        const said = name === "value" ? input.value : input.getAttribute(name);
        if (past && /^\d{4}-\d\d-\d\d$/.test(said || "")) input[name] = moved(said);
      }
    }
    form.dataset.outboxDay = dayHere();
  }

  function entryOf(form, button) {
    const at = new Date().toISOString(), data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    data.delete("csrfmiddlewaretoken");
    if (at.length === 24) data.set("performed_at", at); // a clock far beyond the year 9999 says nothing
    const fields = Array.from(data).filter(([, value]) => typeof value === "string");
    return {
      person: person, id: form.dataset.id, url: form.getAttribute("action") || location.pathname, fields: fields,
      label: form.dataset.outbox, on: data.get("on") || "", saved_at: Date.now(), state: "waiting", why: "", tries: 0, next_at: 0,
    };
  }

  function isWorry(form) {
    const data = new FormData(form);
    return (form.dataset.outboxWorry || "").split(" ").filter(Boolean).some(function (rule) {
      const [name, limit] = rule.split(":"), said = data.get(name);
      return said && (isNaN(limit) ? said === limit : Number(said) >= Number(limit));
    });
  }

  async function save(form, button) {
    let entry;
    try {
      const before = await one(form.dataset.id);
      if (before && before.state !== "refused") rename(form, uuid()); // this page was saved already, and is said anew
      entry = await put(entryOf(form, button));
    } catch (full) {
      return HTMLFormElement.prototype.submit.call(form); // no room on this phone: as without script
    }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    if (isWorry(form)) show(form, entry);
    const after = await Promise.race([alone(() => sendOne(entry.id)), pause(AT_ONCE)]).catch(() => null);
    if (after && isDone(after)) return goOn(form, after);
    if (after && after.state === "refused") return askAgain(form, after);
    show(form, after || entry);
    changed();
  }

  function goOn(form, entry) {
    const said = entry.state === "both" ? words.dataset.both : form.dataset.outboxSaid;
    if (said) sessionStorage.setItem("outbox-said", said);
    location.assign(/^\/(?!\/)/.test(entry.next || "") ? entry.next : "/");
  }

  // The server shows the form again with what to put right beside each field. Until that page is here, the entry stays.
  async function askAgain(form, entry) {
    await put({ ...entry, in_front: true });
    HTMLFormElement.prototype.submit.call(form);
  }

  async function cameBack(form) {
    const entry = await one(form.dataset.id);
    if (entry && entry.in_front) await drop(entry.id);
  }

  function show(form, entry) {
    let panel = document.querySelector("[data-outbox-panel]");
    if (!panel) {
      const worry = document.querySelector("template[data-outbox-worry]");
      form.before(words.querySelector("template").content.cloneNode(true));
      panel = document.querySelector("[data-outbox-panel]");
      panel.querySelector("[data-worry]").hidden = !isWorry(form);
      if (worry && isWorry(form)) panel.before(worry.content.cloneNode(true));
      for (const card of form.querySelectorAll(".safety")) { // shown already: it must not go with the form
        for (const button of card.querySelectorAll("button")) button.remove();
        panel.before(card);
        tellWorker("close program");
      }
      for (const part of form.parentElement.children) part.hidden = !part.matches("[data-outbox-panel], .safety"); // it is said
      panel.dataset.entry = entry.id;
      panel.focus();
      window.scrollTo(0, 0);
    }
    const state = isDone(entry) ? "sent" : entry.why === "signed_out" ? "signed_out" : "waiting";
    for (const part of panel.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  }

  // --- What the page says about it.

  async function changed() {
    const rows = await entries(), left = rows.filter((entry) => !isDone(entry)).length;
    const fill = (text) => text.replace("{saved}", rows.length).replace("{waiting}", left);
    for (const place of document.querySelectorAll("[data-outbox-counts]")) place.textContent = fill(words.dataset.counts);
    for (const link of document.querySelectorAll(".outbox-state")) {
      link.textContent = fill(words.dataset.waiting);
      link.hidden = !left;
    }
    const panel = document.querySelector("[data-outbox-panel]");
    const shown = panel && rows.find((entry) => entry.id === panel.dataset.entry);
    if (shown && isDone(shown)) show(null, shown);
    document.dispatchEvent(new CustomEvent("outbox:changed", { detail: rows }));
  }

  function sayWhenKept() {
    if (!root.dataset.kept) return;
    const at = new Date(root.dataset.kept).toLocaleString(root.lang, { weekday: "long", hour: "2-digit", minute: "2-digit" });
    const note = Object.assign(document.createElement("p"), { className: "kept-note", textContent: words.dataset.kept.replace("{at}", at) });
    note.setAttribute("role", "status");
    document.querySelector("main").prepend(note);
  }

  function sayThanks() {
    const said = sessionStorage.getItem("outbox-said"), place = document.querySelector(".messages");
    if (!said || !place) return;
    sessionStorage.removeItem("outbox-said");
    const alert = Object.assign(document.createElement("div"), { className: "alert alert-ok" });
    alert.append(Object.assign(document.createElement("p"), { textContent: said }));
    place.append(alert);
  }

  // --- The way out: nothing unsent is lost without a word, and nothing stays behind.

  async function leave(form) {
    const dialog = words.querySelector("dialog"), left = await waiting().catch(() => []);
    if (!left.length) return signOut(form);
    dialog.querySelector("[data-outbox-count]").textContent = words.dataset.waiting.replace("{waiting}", left.length);
    dialog.querySelector("[data-outbox-lost]").hidden = true;
    dialog.onclick = async function (event) {
      const choice = event.target.closest("button");
      if (!choice) return;
      if (choice.value === "stay") return dialog.close();
      if (choice.value === "send") await send(true);
      if (choice.value === "drop" || !(await waiting()).length) return signOut(form);
      dialog.querySelector("[data-outbox-lost]").hidden = false;
    };
    dialog.showModal();
  }

  async function signOut(form) {
    const body = new URLSearchParams(new FormData(form));
    try {
      if (!token || root.dataset.kept) body.set("csrfmiddlewaretoken", await freshToken());
      const answer = await fetch(form.action, { method: "POST", body: body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error(answer.status);
    } catch (lost) {
      return stillIn();
    }
    await keepNothing().catch(() => {});
    location.assign("/accounts/login/");
  }

  function stillIn() {
    const dialog = words.querySelector("dialog"), lost = dialog.querySelector("[data-outbox-lost]");
    lost.hidden = false;
    if (!dialog.open) window.alert(lost.textContent);
  }

  // --- The worker that keeps pages.

  function tellWorker(what) {
    const worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (worker) worker.postMessage(what);
  }

  async function install() {
    if (!navigator.serviceWorker || !words.dataset.zone) return;
    try {
      await navigator.serviceWorker.register("/sw.js");
      (await navigator.serviceWorker.ready).active.postMessage("keep");
    } catch (refused) {
      // Without a worker everything works but pages without network.
    }
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (LOGOUT.test(form.getAttribute("action") || location.pathname)) { event.preventDefault(); leave(form); }
    if (!form.matches("[data-outbox]")) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    save(form, event.submitter);
  });
  const forms = document.querySelectorAll("form[data-outbox]");
  const begin = () => forms.forEach(prepare);
  begin();
  forms.forEach((form) => cameBack(form).catch(() => {}));
  addEventListener("pageshow", (event) => event.persisted && begin());
  addEventListener("online", () => send(true));
  document.addEventListener("visibilitychange", () => document.hidden || send(true));
  setInterval(() => send(false), EVERY);
  addEventListener("load", install);
  sayWhenKept();
  sayThanks();
  window.outbox = { entries: entries, send: send, drop: drop, token: () => (root.dataset.kept || !token ? freshToken() : token) };
  changed().then(() => send(true)).catch(() => {});
})();
