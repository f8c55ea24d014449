import { readFile } from 'node:fs/promises';
import { type Access, parseAccess } from '../auth/access.ts';
import type { Identify } from '../auth/identity.ts';
import { Sessions } from '../auth/sessions.ts';
import { type SignIn, signInBy } from '../auth/sign-in.ts';
import { reviewingIdentify, type TokenReviews } from '../auth/token-review.ts';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import { insecureHostsOf } from './model.ts';

const DEFAULT_AUDIENCE = 'sre-orch';

/** Who is let in by the settings: holders of keys, and those whom a provider or the cluster vouches for. SETTINGS_INVALID, FILE_UNREADABLE. */
export async function openSignIn(settings: Settings, keys: ApiKeyRepository): Promise<SignIn> {
  const reviews = await reviewsOf(settings);
  const identify = [...(await oidcOf(settings)), ...(reviews === undefined ? [] : [reviewingIdentify(reviews, Date.now)])];
  return signInBy({ keys, identify, access: await accessOf(settings.access) });
}

/** Sessions of browsers, under the secret that replicas share. FILE_UNREADABLE, SETTINGS_INVALID. */
export async function openSessions({ sessionSecretFile: path }: Settings, keys: ApiKeyRepository, signIn: SignIn): Promise<Sessions> {
  const secret = path === undefined ? undefined : (await textOf(path)).trim();
  if (secret !== undefined && secret.length < 32) throw coded('SETTINGS_INVALID', { problems: ['the session secret needs 32 characters or more'] });
  return new Sessions(keys, { secret, signIn });
}

/** Where clusters are read through agents, and somebody could be let in by it. */
async function reviewsOf(settings: Settings): Promise<TokenReviews | undefined> {
  const { agents: path, access, cluster, tokenAudience } = settings;
  if (path === undefined || access === undefined) return undefined;
  const [{ agentFor, readAgentsFile }, { openAgentTokenReviews }] = await Promise.all([
    import('../cluster/remote/agents-file.ts'),
    import('../cluster/remote/agent-token-reviews.ts'),
  ]);
  return openAgentTokenReviews(agentFor(cluster, await readAgentsFile(path, insecureHostsOf(settings))), [tokenAudience ?? DEFAULT_AUDIENCE]);
}

async function oidcOf(settings: Settings): Promise<readonly Identify[]> {
  const { oidcIssuer: issuer, oidcAudience: audience, oidcJwks: jwks, oidcGroups: groupsClaim = 'groups' } = settings;
  if (issuer === undefined) return [];
  const insecureHosts = insecureHostsOf(settings);
  const problems = [issuer, ...(jwks === undefined ? [] : [jwks])].flatMap((url) => serverUrlProblem(url, insecureHosts) ?? []);
  // Without one, a token that the provider gave for any other program would be let in.
  if (audience === undefined) problems.push('--oidc-audience is needed beside --oidc-issuer');
  if (settings.access === undefined) problems.push('--access is needed beside --oidc-issuer: without it nobody is let in by a token');
  if (problems.length > 0 || audience === undefined) throw coded('SETTINGS_INVALID', { problems });
  const { oidcIdentify } = await import('../auth/oidc.ts');
  return [oidcIdentify({ issuer, audience, jwks, groupsClaim, insecureHosts })];
}

async function accessOf(path: string | undefined): Promise<Access> {
  if (path === undefined) return [];
  return parseAccess(await textOf(path), path);
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw coded('FILE_UNREADABLE', { path, reason: error.message }, { cause: error });
  });
}
