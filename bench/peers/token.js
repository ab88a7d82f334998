// The token that the playground's own server signs, made and checked by jose.

import { SignJWT, jwtVerify } from 'jose';

const secret = crypto.getRandomValues(new Uint8Array(32));
const issuer = 'ticket-or-passport';
const audience = 'api';
const typ = 'at+jwt';

export function signed() {
  return new SignJWT({ role: 'member', name: 'Mira Lind' })
    .setProtectedHeader({ alg: 'HS256', typ, kid: '1' })
    .setIssuer(issuer)
    .setSubject('42')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('15m')
    .setJti('AAAAAAAAAAAAAAAA')
    .sign(secret);
}

/** The claims, or a rejection. */
export async function verified(token) {
  const { payload } = await jwtVerify(token, secret, { issuer, audience, typ, algorithms: ['HS256'] });
  return payload;
}
