// Starts the page: sets the theme, starts the worker early, loads the page's WebAssembly with progress, and says in
// words what went wrong. It knows nothing of what the page does, and reads no cookie and no token.
//
// Until the page takes over, what the worker says is kept in `ticketOrPassportBoot`:
//   worker    the Worker, or null if it could not be started
//   messages  the data of every message so far, in order
//   error     a sentence if the worker failed, or null
// The page reads these and sets its own `onmessage`, `onerror` and `onmessageerror` in one task, so nothing is lost.
(() => {
  'use strict';

  // A classic script, for `currentScript` and to run before the first paint.
  const { js, wasm, wasmBytes } = document.currentScript.dataset;
  // What is preloaded is asked for in the same way, without CORS: WebKit finds no other, and would fetch it again.
  const AS_PRELOADED = { mode: 'no-cors', credentials: 'include' };
  // How much of the page's program is there when the worker's is asked for: the page is seen first, and the line still
  // has something to carry while that request travels.
  const WORKER_FOLLOWS_AT = 0.75;
  let workerFollows = false;

  setTheme();
  // The page calls it, too, when its user chooses, and asks whether what was chosen before is spoken.
  globalThis.ticketOrPassportSpeak = speak;
  let silence = () => {};
  let choices = 0;
  let failures = 0;
  // Whether the page is there, and whether it was said that there is no way on.
  let mounted = false;
  let failed = false;
  const spoken = speak(keptLanguage());
  spoken.catch(() => {});
  globalThis.ticketOrPassportSpoken = spoken;
  const boot = { worker: null, messages: [], error: null };
  globalThis.ticketOrPassportBoot = boot;

  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiateStreaming !== 'function') {
    fail('This browser has no WebAssembly, or has it turned off. The page is a program in WebAssembly: please use a current browser.');
    return;
  }
  startWorker();
  globalThis.ticketOrPassportLostPart = lostPart;
  startPage().catch((error) => {
    console.error(error);
    boot.worker?.terminate();
    notLoaded(error);
  });

  /** Before anything is drawn, so that a dark page never flashes white. */
  function setTheme() {
    try {
      const theme = localStorage.getItem('theme');
      if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    } catch {
      // Storage is blocked: the system's theme it is.
    }
  }

  function keptLanguage() {
    try {
      return localStorage.getItem('language');
    } catch {
      return null;
    }
  }

  /** Says the page in another language, which is fetched only now; or in its own again. The last choice counts, whatever
   *  comes first. */
  async function speak(language) {
    const choice = ++choices;
    silence();
    silence = () => {};
    const names = document.querySelector(`meta[name="language"][lang="${language === 'de' ? 'de' : ''}"]`)?.content;
    document.documentElement.lang = names ? language : 'en';
    if (!names) return;
    const [script, texts] = names.split(' ').map((name) => new URL(name, document.baseURI));
    try {
      // Some engines remember that a module did not come, and never fetch that address again.
      if (failures) script.search = failures;
      const [{ Catalogue, follow }, entries] = await Promise.all([import(script), fetch(texts, { cache: failures ? 'reload' : 'default' }).then((it) => it.json())]);
      if (choice === choices) silence = follow(new Catalogue(entries));
    } catch (error) {
      failures++;
      if (choice === choices) document.documentElement.lang = 'en';
      throw error;
    }
    keepForLater([script, texts]);
  }

  /** Once a service worker answers for the page, it is asked for what was loaded without it, and keeps it. */
  async function keepForLater(addresses) {
    const { serviceWorker } = navigator;
    if (!serviceWorker || serviceWorker.controller) return;
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    for (const address of addresses) await fetch(address).catch(() => {});
  }

  /** The worker starts while the page is still loading. Its program comes right behind the page's: the worker does not
   *  know when that is, and is told. It fetches it itself, as the page will be busy with its own. Where a service worker
   *  has all files on this machine, there is nothing to wait for. */
  function startWorker() {
    const place = new URL(document.querySelector('meta[name="worker"]').content, document.baseURI);
    try {
      boot.worker = new Worker(place, { type: 'module', name: navigator.serviceWorker?.controller ? 'kept' : 'early' });
    } catch (error) {
      boot.error = error.message;
      return;
    }
    boot.worker.onmessage = (event) => boot.messages.push(event.data);
    boot.worker.onmessageerror = () => (boot.error ??= 'A message of the worker could not be read.');
    boot.worker.onerror = (event) => (boot.error ??= event.message || 'The worker could not be loaded.');
  }

  /** Once: what is said later reaches the program. */
  function letWorkerFollow() {
    if (workerFollows) return;
    workerFollows = true;
    boot.worker?.postMessage('fetch the program');
  }

  async function startPage() {
    const [{ default: init }, response] = await Promise.all([
      import(new URL(js, document.baseURI)),
      program(new URL(wasm, document.baseURI)).then(withProgress),
      parsed(),
    ]);
    await init({ module_or_path: response });
    mounted = true;
    leave(document.getElementById('boot'));
  }

  /** Takes what was there first off the screen, and then away: a browser that has yet to tell when it was painted, to
   *  whoever measures, never tells of what is gone. */
  function leave(first) {
    if (!first) return;
    first.style.visibility = 'hidden';
    first.style.position = 'fixed';
    requestAnimationFrame(() => requestAnimationFrame(() => first.remove()));
  }

  /** What was not there is asked for again: WebKit remembers that of what is preloaded, even when the page is reloaded. */
  async function program(place) {
    const response = await fetch(place, AS_PRELOADED);
    return response.ok ? response : fetch(place, { ...AS_PRELOADED, cache: 'reload' });
  }

  /** A response of this content. Its type is set here: not every host knows WebAssembly's. */
  function asWasm(response, body) {
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
    return new Response(body, { headers: { 'Content-Type': 'application/wasm' } });
  }

  /** The same response, read through a counter. */
  function withProgress(response) {
    const total = Number(wasmBytes);
    let loaded = 0;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        showProgress(loaded, total);
        if (total && loaded >= WORKER_FOLLOWS_AT * total) letWorkerFollow();
        controller.enqueue(chunk);
      },
      // The line is free for what the worker has yet to fetch.
      flush() {
        letWorkerFollow();
        boot.worker?.postMessage('page loaded');
      },
    });
    return asWasm(response, response.body?.pipeThrough(counter));
  }

  function showProgress(loaded, total) {
    const progress = document.querySelector('#boot progress');
    if (!progress) return;
    progress.hidden = false;
    // Without a total the bar stays indeterminate.
    if (total) {
      progress.max = total;
      progress.value = loaded;
    }
    say(loaded < total || !total ? 'Loading …' : 'Starting …');
  }

  /** The status is read out when it changes, so it is written only then. */
  function say(sentence) {
    const status = document.querySelector('#boot [role="status"]');
    if (status && status.textContent !== sentence) status.textContent = sentence;
  }

  function notLoaded(error) {
    fail(`The page could not be loaded (${error.message}). Check the connection, and reload.`);
  }

  /** The page needs what did not come: what it shows stays to be read. Before it shows anything, its start fails. */
  function lostPart(error) {
    if (failed || !mounted) return;
    console.error(error);
    failed = true;
    const banner = document.createElement('section');
    banner.className = 'banner trouble lost';
    banner.ariaLabel = 'The page stands still';
    const sentence = document.createElement('p');
    sentence.role = 'alert';
    banner.append(sentence, reloadButton());
    document.body.prepend(banner);
    // Read out as it changes, not as it comes.
    sentence.textContent = 'A part of the page could not be loaded, and the page cannot go on without it. Check the connection, and reload.';
  }

  /** Says it where the page is yet to be. */
  async function fail(sentence) {
    if (failed) return;
    failed = true;
    await parsed();
    document.querySelector('#boot progress')?.remove();
    say(sentence);
    document.getElementById('boot').append(reloadButton());
  }

  function reloadButton() {
    const reload = document.createElement('button');
    reload.type = 'button';
    reload.className = 'main';
    reload.textContent = 'Reload';
    reload.addEventListener('click', () => location.reload());
    return reload;
  }

  function parsed() {
    return new Promise((resolve) => {
      if (document.readyState !== 'loading') resolve();
      else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
    });
  }
})();
