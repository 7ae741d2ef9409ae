// The phone without network: keeps the signed-in person's own pages and shows them when the network does not answer.
// Only what /offline/pages/ lists is kept, under a key of that person; whoever comes next finds nothing of it.
"use strict";
const VERSION = "{{ version }}"; // of the static files: another one makes browsers fetch this worker, and it the pages, anew
const FILES = "files", KEPT = "kept-", OFFLINE = "/offline/", LIST = "/offline/pages/", NOTE = "/offline/kept-at";
const QUICK = 3000; // milliseconds the network has, when a kept page could be shown instead
const FRESH = 10 * 60 * 1000; // milliseconds that kept pages count as new
const LONGEST = 30 * 24 * 60 * 60 * 1000; // as long as a session lasts
const HASHED = /\.[0-9a-f]{12}\.\w+$/; // a name that changes with its content
const OTHERS = /^\/(cms|ops|media|exercises|static)\//; // never pages of ours to keep

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const owner = (answer) => answer.headers.get("X-Person");

async function forget(allBut) {
  const names = (await caches.keys()).filter((name) => name.startsWith(KEPT) && name !== KEPT + allBut);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function put(cache, address, answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept-At", new Date().toISOString());
  await cache.put(address, new Response(await answer.blob(), { headers: headers }));
}

const age = (answer) => Date.now() - Date.parse(answer.headers.get("X-Kept-At"));

// The one person's cache there is.
async function own() {
  const name = (await caches.keys()).find((each) => each.startsWith(KEPT));
  return name ? caches.open(name) : null;
}

// An address with other words after the "?" is another page: a correction is not a new session.
async function kept(url) {
  const cache = await own();
  if (!cache) return null;
  const path = url.pathname === "/" ? "/today/" : url.pathname;
  url.searchParams.delete("session"); // one that was begun: static/player.js keeps it in the address
  const copy = (await cache.match(path + url.search)) || (url.search ? null : await cache.match(path + "?all=1"));
  if (copy && age(copy) > LONGEST) await forget(""); // their session has ended by now
  return copy && age(copy) <= LONGEST ? copy : null;
}

// The page says itself when it was kept: static/outbox.js shows it and lets days in forms follow the phone's calendar.
async function marked(answer) {
  const html = await answer.text();
  const said = '<html data-kept="' + answer.headers.get("X-Kept-At") + '" ';
  return new Response(html.replace("<html ", said), { headers: answer.headers });
}

// Whose page it is decides what may stay. A page that is kept already is renewed while it passes by.
async function noted(url, answer) {
  if (!answer || !owner(answer)) return;
  await forget(owner(answer));
  const cache = answer.ok && !answer.redirected && (await own());
  if (cache && (await cache.match(url.pathname + url.search))) await put(cache, url.pathname + url.search, answer);
}

async function page(event) {
  const url = new URL(event.request.url);
  const network = fetch(event.request).catch(() => null);
  event.waitUntil(network.then((answer) => noted(url, answer && answer.clone())));
  const copy = await kept(url);
  const answer = await (copy ? Promise.race([network, pause(QUICK)]) : network);
  if (answer && !(copy && answer.status >= 502)) return answer;
  if (copy) return marked(copy);
  return (await caches.match(OFFLINE)) || Response.error();
}

async function file(request) {
  const files = await caches.open(FILES), copy = await files.match(request);
  if (copy && HASHED.test(request.url)) return copy;
  return fetch(request).catch(() => copy || Response.error());
}

async function extra(request) {
  const url = new URL(request.url);
  return fetch(request).catch(async () => (await kept(url)) || Response.error());
}

self.addEventListener("fetch", function (event) {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(event.request));
  else if (/^\/(media|exercises)\//.test(url.pathname)) event.respondWith(extra(event.request));
  else if (event.request.mode === "navigate" && !OTHERS.test(url.pathname)) event.respondWith(page(event));
});

// Everything a page shows is kept with it: styles, scripts and fonts for everybody, pictures and movements for this person.
async function keepFiles(html, seen) {
  const files = await caches.open(FILES);
  for (const [, address] of html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) {
    if (seen.has(address)) continue;
    seen.add(address);
    if (HASHED.test(address) && (await files.match(address))) continue;
    const answer = await fetch(address);
    if (answer.ok) await files.put(address, answer);
  }
}

async function keepExtras(cache, html, addresses) {
  for (const [, address] of html.matchAll(/(?:src|data-motion)="(\/(?:media|exercises)\/[^"]+)"/g)) {
    if (addresses.has(address) || /\.(mp4|webm)$/.test(address)) continue;
    addresses.add(address);
    if (await cache.match(address)) continue; // what has such an address never changes
    const answer = await fetch(address);
    if (answer.ok) await put(cache, address, answer);
  }
}

async function isFresh() {
  const cache = await own();
  const note = cache && (await cache.match(NOTE));
  if (!note || (await note.text()) !== VERSION) return false;
  return age(note) < FRESH;
}

async function keepAll() {
  const list = await fetch(LIST, { headers: { Accept: "application/json" } });
  if (owner(list)) await forget(owner(list));
  if (!list.ok) return;
  const { person, pages } = await list.json();
  const cache = await caches.open(KEPT + person), addresses = new Set([NOTE, ...pages]), seen = new Set();
  for (const address of pages) {
    const answer = await fetch(address, { redirect: "manual" });
    if (owner(answer) && owner(answer) !== person) return forget(owner(answer));
    if (!answer.ok) continue;
    const html = await answer.clone().text();
    await put(cache, address, answer);
    await keepFiles(html, seen);
    await keepExtras(cache, html, addresses);
  }
  await put(cache, NOTE, new Response(VERSION));
  await prune(cache, (address) => addresses.has(address));
  const shell = await caches.match(OFFLINE);
  if (shell) await keepFiles(await shell.text(), seen);
  await prune(await caches.open(FILES), (address) => seen.has(address) || address === OFFLINE);
}

async function prune(cache, isWanted) {
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!isWanted(url.pathname + url.search)) await cache.delete(request);
  }
}

// Answers that close the program close it here too, before the server could say so.
async function closeProgram() {
  const cache = await own();
  if (cache) await prune(cache, (address) => !/^\/(plan|log\/session)\//.test(address));
}

let keeping = Promise.resolve(); // one after the other: two at once would prune each other's files
function keep(now) {
  keeping = keeping.then(async () => (now || !(await isFresh())) && keepAll()).catch(() => {});
  return keeping;
}

self.addEventListener("message", function (event) {
  if (event.data === "keep") event.waitUntil(keep(false));
  if (event.data === "keep now") event.waitUntil(keep(true));
  if (event.data === "close program") event.waitUntil(closeProgram());
  if (event.data === "forget") event.waitUntil(forget(""));
});

self.addEventListener("install", function (event) {
  event.waitUntil((async function () {
    const shell = await fetch(OFFLINE, { credentials: "omit" }); // as nobody in particular
    await (await caches.open(FILES)).put(OFFLINE, shell.clone());
    await keepFiles(await shell.text(), new Set());
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
