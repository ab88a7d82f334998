// The worker's entry. The worker named `early` fetches its program once the page says that the line has room for it; any
// other at once. Whatever fails reaches the page as the worker's error event.
const said = [];
let follow;
const toFollow = name === 'early' ? new Promise((resolve) => (follow = resolve)) : null;
// The browser opens its file system meanwhile: whoever asks first waits for that.
if (toFollow) navigator.storage?.getDirectory?.()?.catch(() => {});
// What the page says meanwhile is kept for the program.
onmessage = (event) => (event.data === 'fetch the program' ? follow?.() : said.push(event));

async function fetched() {
  await toFollow;
  const response = await fetch(new URL('./program.wasm', import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  // Not every host knows the type.
  return new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
}

// WebKit tells nobody of a rejection at a module's top level.
async function start() {
  const [{ default: init }, module_or_path] = await Promise.all([import('./program.js'), fetched()]);
  await init({ module_or_path });
  for (const event of said) onmessage(event);
}

start().catch(reportError);
