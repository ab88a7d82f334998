// What msw answers with: an account, to whoever has a token that jose finds good.

import { http, HttpResponse } from 'msw/http';
import { verified } from './token.js';

export const checked = http.get('*/me', async ({ request }) => {
  const token = request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? '';
  try {
    const { sub, name, role } = await verified(token);
    return HttpResponse.json({ id: Number(sub), name, role });
  } catch {
    return new HttpResponse(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } });
  }
});

/** What it costs without any check. */
export const unchecked = http.get('*/unchecked', () => HttpResponse.json({ id: 42, name: 'Mira Lind', role: 'member' }));
