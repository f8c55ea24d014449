import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { coded } from '../errors/coded-error.ts';
import { reasonOf } from '../net/reason-of.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import type { Identify, Identity } from './identity.ts';

/** What a public key checks. With HMAC the key that checks could sign, and `none` is checked by nobody. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const CLOCKS_DIFFER_S = 30;
const ANSWER_MS = 5_000;
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

export interface OidcOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are; else its discovery document says it. */
  readonly jwks?: string | undefined;
  readonly groupsClaim: string;
  readonly insecureHosts: readonly string[];
}

/** Tokens of an OpenID Connect provider: signature, issuer, audience and times are checked, for each token anew. */
export function oidcIdentify({ issuer, audience, jwks, groupsClaim, insecureHosts }: OidcOptions): Identify {
  let keys: JWTVerifyGetKey | undefined;
  return async (token) => {
    if (!isFrom(issuer, token)) return undefined;
    try {
      keys ??= createRemoteJWKSet(new URL(jwks ?? (await discovered(issuer, insecureHosts))), { timeoutDuration: ANSWER_MS });
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCKS_DIFFER_S,
        requiredClaims: ['exp', 'sub'],
      });
      return identityOf(payload, groupsClaim);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw coded('IDENTITY_UNREACHABLE', { authority: issuer, reason: reasonOf((error as Error).cause ?? error) }, { cause: error });
    }
  };
}

/** Unchecked: it only saves asking the provider about tokens that are not its own. */
function isFrom(issuer: string, token: string): boolean {
  try {
    return decodeJwt(token).iss === issuer;
  } catch {
    return false;
  }
}

function identityOf(payload: JWTPayload, groupsClaim: string): Identity | undefined {
  const { sub } = payload;
  if (sub === undefined || sub === '') return undefined;
  const groups = payload[groupsClaim];
  return { from: 'oidc', user: sub, groups: [groups].flat().filter((each) => typeof each === 'string') };
}

/** Of the token, and not of the way to the provider. */
function isRefusal(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== 'ERR_JOSE_GENERIC';
}

/** OpenID Connect Discovery 1.0, section 4: the document names the issuer it is of, and where its keys are. */
async function discovered(issuer: string, insecureHosts: readonly string[]): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
  if (!answer.ok) throw new Error(`its discovery document was answered with ${answer.status}`);
  const { issuer: named, jwks_uri: keys } = metadataSchema.parse(await answer.json());
  if (named !== issuer) throw new Error('its discovery document is of another issuer');
  const problem = serverUrlProblem(keys, insecureHosts);
  if (problem !== undefined) throw new Error(`the address of its keys: ${problem}`);
  return keys;
}
