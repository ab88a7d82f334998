// The worker's entry. It fetches the program and the code that starts it at the same time, and whatever fails reaches
// the page as the worker's error event.
try {
  const [{ default: init }, response] = await Promise.all([
    import('./program.js'),
    fetch(new URL('./program.wasm', import.meta.url)),
  ]);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  // Not every host knows the type.
  const program = new Response(response.body, { headers: { 'Content-Type': 'application/wasm' } });
  await init({ module_or_path: program });
} catch (error) {
  reportError(error);
}
