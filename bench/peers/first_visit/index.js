// The least that a page with msw and jose can do: start, sign a token, send it to /me, show the answer.

import { setupWorker } from 'msw/browser';
import { checked } from '../handlers.js';
import { signed } from '../token.js';

await setupWorker(checked).start({ quiet: true });
const answer = await fetch('/me', { headers: { Authorization: `Bearer ${await signed()}` } });
const { name } = await answer.json();
document.querySelector('[role=status]').textContent = `${answer.status} ${name}`;
window.firstAnswer = performance.now();
