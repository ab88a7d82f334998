
// The functions that a first answer doesn't call. They come with the first part.
const LATE = new URL("./late.wasm", import.meta.url);
let late;
let lateIsThere = false;

function loadLate() {
    late ??= fetchPart(LATE).then(async (response) => {
        await WebAssembly.instantiateStreaming(response, { program: wasm });
        lateIsThere = true;
    }).catch((error) => {
        late = undefined;
        throw error;
    });
    return late;
}

/** One of them is called. Where they are still on their way, the program waits for them, as it would for all of itself. */
function ask() {
    if (lateIsThere) return;
    try {
        const request = new XMLHttpRequest();
        request.open("GET", LATE, false);
        request.overrideMimeType("text/plain; charset=x-user-defined");
        request.send();
        if (request.status !== 200) throw new Error(`${request.status} for ${LATE}`);
        const octets = Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
        new WebAssembly.Instance(new WebAssembly.Module(octets), { program: wasm });
    } catch (error) {
        globalThis.ticketOrPassportNotLoaded?.(error);
        throw error;
    }
    lateIsThere = true;
}
