// A page whose requests msw answers, through its own service worker.

import { setupWorker } from 'msw/browser';
import { checked, unchecked } from './handlers.js';
import { expectAccount, rounds } from './rounds.js';
import { signed } from './token.js';

await setupWorker(checked, unchecked).start({ quiet: true, serviceWorker: { url: './mockServiceWorker.js' } });
const headers = { Authorization: `Bearer ${await signed()}` };

window.ask = async (path) => expectAccount(await fetch(path, { headers }));
window.rounds = rounds;
