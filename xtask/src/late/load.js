
// The functions that a first answer doesn't call. They come with the first part; where they are kept on this machine, before
// the program starts. A worker's name says whether it is the first of a page that is loaded over the network.
const LATE = new URL("./late.wasm", import.meta.url);
const isOverNetwork = typeof document === "undefined" ? name === "early" : !navigator.serviceWorker?.controller;
let program;
let response;
let loading;
let lateIsThere = false;
// Why they did not come when the program could not go on without them.
let lost = null;

if (!isOverNetwork) fetchLate().catch(() => {});

function fetchLate() {
    return (response ??= fetchPart(LATE));
}

function loadLate() {
    loading ??= (async () => {
        try {
            const found = await fetchLate();
            if (!lateIsThere) await WebAssembly.instantiateStreaming(found, { program });
            lateIsThere = true;
        } catch (error) {
            response = loading = undefined;
            throw error;
        }
    })();
    return loading;
}

async function lateBeforeStart(instance) {
    program = instance.exports;
    if (!isOverNetwork) await loadLate().catch(() => {});
}

/** One of them is called. Where they are still on their way, the program waits for them, as it would for all of itself. */
function ask() {
    if (lateIsThere) return;
    if (lost) throw lost;
    try {
        const request = new XMLHttpRequest();
        request.open("GET", LATE, false);
        request.overrideMimeType("text/plain; charset=x-user-defined");
        request.send();
        if (request.status !== 200) throw new Error(`${request.status} for ${LATE}`);
        const octets = Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
        new WebAssembly.Instance(new WebAssembly.Module(octets), { program });
    } catch (error) {
        lost = error;
        globalThis.ticketOrPassportLostPart?.(error);
        throw error;
    }
    lateIsThere = true;
}
