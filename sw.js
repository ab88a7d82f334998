// The service worker: keeps the files of one build, whole, and answers with them, so that the page works without a
// network and never meets the files of two builds. It keeps nothing else, and lets through whatever is not of a build.
//
// What pages say to it, and what it answers:
//   { build }  a page of that build is there: { build, files, kept } is what this worker's own build is, of how many
//              files it is, and how many of them are kept
//   'start'    its user wants this version now, and not once no tab shows the one before
'use strict';

// The build fills these in: its ID, the place of each file with its digest, and the files of other languages, which are
// kept once someone has chosen one. The page itself is './', as hosts may redirect its other name.
const BUILD = '';
const FILES = [];
const LANGUAGES = [];

const SCOPE = new URL('./', location).href;
// One origin may have the page in several folders.
const CACHES = `ticket-or-passport ${SCOPE} `;
const CACHE = CACHES + BUILD;
const digests = (files) => new Map(files.map(([place, digest]) => [new URL(place, SCOPE).href, digest]));
const ADDRESSES = digests(FILES);
const CHOSEN = digests(LANGUAGES);
const OF_LANGUAGES = `${SCOPE}language/`;
// A copy stands for all that its address was ever asked for with.
const ANY_HEADERS = { ignoreVary: true };

// A file that has one content for good, whichever build it is of.
const isNamedByContent = (address) => address.startsWith(SCOPE) && /-[0-9a-f]{16}[./]/.test(address.slice(SCOPE.length));

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => {
  if (event.data === 'start') event.waitUntil(skipWaiting());
  else event.waitUntil(greet(event.source, event.data.build));
});
addEventListener('fetch', (event) => {
  const address = addressOf(event.request);
  if (address) event.respondWith(answer(address, event.request));
});

/** All of the build or nothing: the digests tell what a host that is just being changed mixes up. */
async function keep() {
  const wanted = (await hasChosen()) ? [...ADDRESSES, ...CHOSEN] : [...ADDRESSES];
  const cache = await caches.open(CACHE);
  await cache.addAll(wanted.map(([address, integrity]) =>
    // The page has just fetched most of what is named by content.
    new Request(address, { integrity, cache: isNamedByContent(address) ? 'default' : 'no-cache' })));
}

/** Whether some build has kept another language, since someone chose it. */
async function hasChosen() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(CACHES)) continue;
    const files = await (await caches.open(name)).keys();
    if (files.some(({ url }) => url.startsWith(OF_LANGUAGES))) return true;
  }
  return false;
}

async function greet(page, pagesBuild) {
  if ((await kept()) < FILES.length) {
    // Its user may have cleared it. Without a network, or where the host has another build by now, it stays so.
    await keep().catch(() => {});
  }
  page.postMessage({ build: BUILD, files: FILES.length, kept: await kept() });
  if (pagesBuild === BUILD) await leaveOlder();
}

async function kept() {
  if (!(await caches.has(CACHE))) return 0;
  const files = await (await caches.open(CACHE)).keys();
  return files.filter(({ url }) => ADDRESSES.has(url)).length;
}

/** Deletes what older builds kept, once no other tab could be of one. */
async function leaveOlder() {
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.filter(({ url }) => url.startsWith(SCOPE)).length > 1) return;
  const names = await caches.keys();
  // One of them is a newer build's then.
  if (registration.installing || registration.waiting) return;
  for (const name of names) {
    if (name.startsWith(CACHES) && name !== CACHE) await caches.delete(name);
  }
}

/** The address under which the answer may be kept, or null. */
function addressOf({ method, mode, url }) {
  const address = new URL(url);
  address.hash = '';
  if (mode === 'navigate') {
    address.search = '';
    address.pathname = address.pathname.replace(/\/index\.html$/, '/');
  }
  const { href } = address;
  const mayBeKept = ADDRESSES.has(href) || isNamedByContent(href);
  return method === 'GET' && mayBeKept ? href : null;
}

async function answer(address, request) {
  const digest = CHOSEN.get(address);
  try {
    const own = await caches.match(address, { ...ANY_HEADERS, cacheName: CACHE });
    if (own) return own;
    // A tab of an older build, while there is one, still gets its own files.
    const older = isNamedByContent(address) && (await caches.match(address, ANY_HEADERS));
    if (older) {
      // What both builds have outlives the older one's copies.
      if (digest) await keepCopy(address, older.clone());
      return older;
    }
  } catch {
    // Storage is broken: the network it is.
  }
  if (!digest) return fetch(request);
  const answered = await fetch(address, { integrity: digest, cache: request.cache });
  if (answered.ok) await keepCopy(address, answered.clone());
  return answered;
}

async function keepCopy(address, response) {
  try {
    await (await caches.open(CACHE)).put(address, response);
  } catch {
    // Without it the language is fetched again next time.
  }
}
