// The worker's entry. The worker named `early` fetches its program once the page says that the line has room for it; one
// named `kept`, whose files are on this machine, and one without a name, which follows another, at once. Whatever fails
// reaches the page as the worker's error event.
const said = [];
let follow;
const toFollow = name === 'early' ? new Promise((resolve) => (follow = resolve)) : null;
// The page is a folder above this one's. Where its server has its files, on the origin private file system, follows from it.
globalThis.pageFolder = new URL('..', import.meta.url).pathname;
globalThis.filesFolder = `ticket-or-passport${pageFolder}`;
// The program asks for the user agent's file. It is looked for meanwhile, as the browser takes a while to open a file system.
let sought = name ? findUserAgentFile() : null;
sought?.catch(() => {});
globalThis.userAgentFile = () => {
  const found = sought ?? findUserAgentFile();
  sought = null;
  return found;
};
// What the page says meanwhile is kept for the program.
onmessage = (event) => (event.data === 'fetch the program' ? follow?.() : said.push(event));

/** The file, or a new one. Whoever has the server or not may look for it. */
async function findUserAgentFile() {
  // Old browsers have no such files there, and an insecure origin has no storage.
  if (!globalThis.FileSystemSyncAccessHandle) throw new Error('the browser opens no files in workers');
  let folder = await navigator.storage.getDirectory();
  for (const part of filesFolder.split('/').filter(Boolean)) folder = await folder.getDirectoryHandle(part, { create: true });
  return folder.getFileHandle('user-agent', { create: true });
}

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
