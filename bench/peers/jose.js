// jose's rates, for each algorithm.

import { SignJWT, generateKeyPair, jwtVerify } from 'jose';
import { claims, rate } from './pace.js';

export async function rates(algorithms) {
  const found = [];
  for (const algorithm of algorithms) {
    const secret = crypto.getRandomValues(new Uint8Array(64));
    const { privateKey, publicKey } = algorithm.startsWith('HS')
      ? { privateKey: secret, publicKey: secret }
      : await generateKeyPair(algorithm);
    const sign = () => new SignJWT(claims()).setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: '1' }).sign(privateKey);
    const token = await sign();
    const { iss: issuer, aud: audience } = claims();
    const verify = () => jwtVerify(token, publicKey, { issuer, audience, typ: 'at+jwt', algorithms: [algorithm] });
    found.push({ algorithm, signedPerSecond: await rate(sign), verifiedPerSecond: await rate(verify) });
  }
  return found;
}
