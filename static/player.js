// Walks the steps that are written in the page: one at a time, with a clock, and fills in the log's form. It sends nothing.
(function () {
  "use strict";
  const player = document.querySelector("[data-player]");
  if (!player || !player.showModal) return;
  const KEPT = "hipwise.player", VOICE = "hipwise.voice", LAST = 3;
  const form = document.querySelector("form.log");
  const part = (name) => document.querySelector(`[data-player-${name}]`);
  const [open, main, back, skip, easier, now, title, clock, line, said, voiceSwitch] =
    ["open", "main", "back", "skip", "easier", "now", "title", "clock", "line", "said", "voice"].map(part);
  const words = player.dataset;
  const acts = Array.from(player.querySelectorAll("[data-act]"));
  const voice = window.SpeechSynthesisUtterance && window.speechSynthesis;
  let state = { session: words.player, act: 0, step: -1, left: null, done: {}, easy: {} }; // step -1 stands before the first
  let deadline = 0, ticking = 0, lock = null;

  /* What is kept for a reload: where the person is. Gone with the tab, after saving and at sign-out. */
  function keep() {
    try { sessionStorage.setItem(KEPT, JSON.stringify(state)); } catch { /* then a reload starts over */ }
  }
  function kept() {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEPT));
      return found && found.session === words.player ? found : null;
    } catch { return null; }
  }
  function forget() {
    try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
  }

  /* The steps of an exercise, as planned or easier. */
  const wayOf = (act) => acts[act].querySelector(`[data-way=${state.easy[act] ? "easier" : "planned"}]`);
  const stepsOf = (act) => Array.from(wayOf(act).querySelectorAll("li"));
  const current = () => (state.step < 0 ? null : stepsOf(state.act)[state.step]);
  const isWork = (step) => step.dataset.kind === "timed" || step.dataset.kind === "counted";
  const doneOf = (act) => (state.done[act] = state.done[act] || []);

  /* Said for a screen reader once a step; aloud only if the person switched the voice on. */
  function speak(text) {
    if (!voice || voiceSwitch.getAttribute("aria-pressed") !== "true") return;
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = document.documentElement.lang;
    voice.cancel();
    voice.speak(spoken);
  }
  function tell(text) {
    said.textContent = text;
    speak(text);
  }

  async function stayAwake() {
    try { lock = await navigator.wakeLock.request("screen"); } catch { lock = null; /* not every browser can */ }
  }
  function mayRest() {
    if (lock) lock.release();
    lock = null;
  }

  /* The clock. It counts to a moment, so that a sleeping tab does not slow it down. */
  function run() {
    deadline = Date.now() + state.left * 1000;
    window.clearInterval(ticking);
    ticking = window.setInterval(tick, 200);
    label();
  }
  function pause() {
    window.clearInterval(ticking);
    ticking = 0;
    label();
  }
  function tick() {
    const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
    if (left === state.left) return;
    state.left = left;
    clock.textContent = spelled(left);
    if (left === LAST) speak(words.wordLast);
    if (left === 0) return finished();
    keep();
  }
  function spelled(seconds) {
    return seconds < 60 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function label() {
    const step = current();
    const word = !step ? words.wordStart : step.dataset.kind === "counted" ? words.wordDone : ticking ? words.wordPause : words.wordResume;
    main.textContent = word;
    skip.textContent = step ? words.wordSkip : words.wordLeave;
    back.disabled = state.act === 0 && !step;
    easier.hidden = Boolean(step) || !acts[state.act].querySelector("[data-way=easier]");
    easier.textContent = state.easy[state.act] ? words.wordPlanned : words.wordEasier;
  }

  /* Puts the state on the screen. A timed step begins at once if `go`. */
  function show(go) {
    pause();
    const step = current();
    acts.forEach((act, at) => { act.hidden = at !== state.act; });
    acts[state.act].querySelectorAll("[data-way]").forEach((way) => { way.hidden = way !== wayOf(state.act); });
    player.querySelectorAll("[data-place]").forEach((place) => { place.hidden = Number(place.dataset.place) !== state.act; });
    player.querySelector("progress").value = state.act;
    now.hidden = !step;
    if (step) {
      title.textContent = step.dataset.title;
      line.textContent = step.dataset.line;
      if (step.dataset.seconds && state.left === null) state.left = Number(step.dataset.seconds);
      clock.textContent = state.left === null ? "" : spelled(state.left);
      if (go) tell(step.dataset.say);
      if (go && state.left !== null) run();
    } else if (go) {
      const way = wayOf(state.act);
      tell([player.querySelector("[data-place]:not([hidden])"), ...way.querySelectorAll(".player-name, .player-dose, .player-cue")].map((one) => one.textContent).join(". "));
    }
    label();
    keep();
  }
  function goTo(act, step) {
    Object.assign(state, { act: act, step: step, left: null });
    show(true);
  }
  function next() {
    if (state.step + 1 < stepsOf(state.act).length) return goTo(state.act, state.step + 1);
    nextExercise();
  }
  function nextExercise() {
    pause();
    fill(state.act);
    if (state.act + 1 < acts.length) return goTo(state.act + 1, -1);
    state.over = true;
    keep();
    end();
  }
  function finished() {
    pause();
    if (isWork(current())) doneOf(state.act).push(state.step);
    if (navigator.vibrate) navigator.vibrate(200);
    next();
  }
  function previous() {
    if (state.step >= 0) {
      state.done[state.act] = doneOf(state.act).filter((step) => step < state.step - 1);
      return goTo(state.act, state.step - 1);
    }
    state.done[state.act - 1] = [];
    goTo(state.act - 1, -1);
  }

  /* What was walked goes into the form: sets that were whole, or that it was left out. */
  function fill(act) {
    const field = (name) => form.elements[`${acts[act].dataset.act}-${name}`];
    const steps = stepsOf(act), done = doneOf(act);
    const sets = new Set(steps.map((step) => step.dataset.set));
    const whole = Array.from(sets).filter((set) => steps.every((step, at) => step.dataset.set !== set || !isWork(step) || done.includes(at)));
    field("left_out").checked = whole.length === 0;
    field("sets").value = whole.length === sets.size ? field("sets").defaultValue : whole.length;
    if (field("easier")) field("easier").checked = Boolean(state.easy[act]) && whole.length > 0;
    if (whole.length < sets.size) field("sets").closest("details").open = true;
    return { whole: whole.length === sets.size, any: whole.length > 0 };
  }
  function end() {
    const filled = acts.map((_act, at) => fill(at));
    const outcome = filled.every((one) => one.whole) ? "done" : filled.some((one) => one.any) ? "partly" : null;
    const choice = outcome && form.querySelector(`[name=outcome][value=${outcome}]`);
    if (choice) choice.click();
    if (player.open) player.close();
    part("start").hidden = true;
    const told = part("finished");
    told.textContent = told.dataset.words;
    told.scrollIntoView({ block: "start" });
    (choice || form.querySelector("[name=outcome]")).focus({ preventScroll: true });
    speak(told.textContent);
  }

  function begin() {
    const address = new URL(location.href); // the same session after a reload
    address.searchParams.set("session", words.player);
    history.replaceState(null, "", address);
    player.showModal();
    main.focus();
    stayAwake();
    show(state.step < 0);
  }
  function pressed() {
    const step = current();
    if (!step) return goTo(state.act, 0);
    if (step.dataset.kind === "counted") return finished();
    if (ticking) return pause();
    tell(step.dataset.say);
    run();
  }
  function turnVoice(on) {
    voiceSwitch.setAttribute("aria-pressed", String(on));
    try { localStorage.setItem(VOICE, on ? "on" : "off"); } catch { /* then it is asked for again */ }
    if (on) speak(said.textContent);
    else if (voice) voice.cancel();
  }

  open.addEventListener("click", begin);
  main.addEventListener("click", pressed);
  back.addEventListener("click", previous);
  skip.addEventListener("click", function () { current() ? next() : nextExercise(); });
  easier.addEventListener("click", function () {
    state.easy[state.act] = !state.easy[state.act];
    show(true);
  });
  part("close").addEventListener("click", function () { player.close(); });
  player.addEventListener("close", function () {
    pause();
    mayRest();
    if (voice) voice.cancel();
    open.querySelector("span").textContent = open.dataset.again;
  });
  voiceSwitch.addEventListener("click", function () { turnVoice(voiceSwitch.getAttribute("aria-pressed") !== "true"); });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && player.open) stayAwake(); // the browser lets go of the lock with the page out of sight
  });
  form.addEventListener("submit", forget);

  voiceSwitch.hidden = !voice;
  try { voiceSwitch.setAttribute("aria-pressed", String(localStorage.getItem(VOICE) === "on")); } catch { /* stays off */ }
  part("start").hidden = false;
  const before = kept();
  if (before) {
    state = before;
    open.querySelector("span").textContent = open.dataset.again;
    if (state.over) end();
  }
})();
