// jsrsasign's rates, for each algorithm that it has. It knows no EdDSA.

import { KEYUTIL, KJUR } from 'jsrsasign';
import { claims, rate } from './pace.js';

/** Its own making of RSA keys takes many seconds, so the browser makes them. */
const KEYS = {
  RS: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  PS: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
};

export async function rates(algorithms) {
  const found = [];
  for (const algorithm of algorithms.filter((name) => name !== 'EdDSA')) {
    const [own, others] = await keys(algorithm);
    const header = JSON.stringify({ alg: algorithm, typ: 'at+jwt', kid: '1' });
    const sign = () => KJUR.jws.JWS.sign(algorithm, header, JSON.stringify(claims()), own);
    const token = sign();
    const { iss, aud } = claims();
    const verify = () => {
      if (!KJUR.jws.JWS.verifyJWT(token, others, { alg: [algorithm], iss: [iss], aud: [aud] })) throw new Error('refused');
    };
    verify();
    found.push({ algorithm, signedPerSecond: await rate(sign), verifiedPerSecond: await rate(verify) });
  }
  return found;
}

/** What signs, and what verifies. */
async function keys(algorithm) {
  if (algorithm.startsWith('HS')) {
    const secret = crypto.getRandomValues(new Uint8Array(64));
    const hex = Array.from(secret, (octet) => octet.toString(16).padStart(2, '0')).join('');
    return [{ hex }, { hex }];
  }
  const kind = KEYS[algorithm] ?? KEYS[algorithm.slice(0, 2)];
  const pair = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
  const read = async (key) => {
    const { kty, n, e, d, p, q, dp, dq, qi, crv, x, y } = await crypto.subtle.exportKey('jwk', key);
    return KEYUTIL.getKey(JSON.parse(JSON.stringify({ kty, n, e, d, p, q, dp, dq, qi, crv, x, y })));
  };
  return [await read(pair.privateKey), await read(pair.publicKey)];
}
