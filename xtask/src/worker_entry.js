// The worker's entry. The page's start hands the program to the worker named `early`; any other fetches it, at the same time
// as the code that starts it. Whatever fails reaches the page as the worker's error event.
const said = [];
let handOver;
const handed = new Promise((resolve) => (handOver = resolve));
// What the page says meanwhile is kept for the program.
onmessage = (event) => (event.data?.program === undefined ? said.push(event) : handOver(event.data.program));

async function fetched() {
  const response = await fetch(new URL('./program.wasm', import.meta.url));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  // Not every host knows the type.
  return new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
}

// WebKit tells nobody of a rejection at a module's top level.
async function start() {
  const program = name === 'early' ? handed.then((program) => program ?? fetched()) : fetched();
  const [{ default: init }, module_or_path] = await Promise.all([import('./program.js'), program]);
  await init({ module_or_path });
  for (const event of said) onmessage(event);
}

start().catch(reportError);
