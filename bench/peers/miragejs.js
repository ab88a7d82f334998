// A page whose requests miragejs answers, in the page itself, with a session of its schema.

import { createServer, Model, Response } from 'miragejs';
import { expectAccount, rounds } from './rounds.js';

const SESSION = 'c2Vzc2lvbg';
const AN_HOUR = 3_600_000;
const placed = (path) => new URL(path, location.href).pathname;

createServer({
  models: { account: Model, session: Model },
  // It would wait 400 ms before each answer.
  timing: 0,
  logging: false,
  seeds(server) {
    server.create('account', { id: '42', name: 'Mira Lind', role: 'member' });
    server.create('session', { id: SESSION, accountId: '42', expires: Date.now() + AN_HOUR });
  },
  routes() {
    this.get(placed('me'), (schema, request) => {
      const id = request.requestHeaders.Authorization?.replace(/^Bearer /, '');
      const session = schema.find('session', id);
      if (!session || session.expires <= Date.now()) return new Response(401);
      const { name, role } = schema.find('account', session.accountId);
      return { id: Number(session.accountId), name, role };
    });
    this.get(placed('unchecked'), () => ({ id: 42, name: 'Mira Lind', role: 'member' }));
  },
});
const headers = { Authorization: `Bearer ${SESSION}` };

window.ask = async (path) => expectAccount(await fetch(placed(path), { headers }));
window.rounds = rounds;
