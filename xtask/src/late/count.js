
// Which functions ran is told to whoever asks on this channel.
const ranFunctions = new Set();
const ran = (number) => ranFunctions.add(number);
const telling = new BroadcastChannel("functions that ran");
telling.onmessage = ({ data }) => {
    if (data === "tell") telling.postMessage({ program: "PROGRAM", ran: [...ranFunctions] });
};
