import { readFile } from 'node:fs/promises';
import * as oidc from 'openid-client';
import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { reasonOf } from '../../../net/reason-of.ts';
import { type Plugin, type PluginAnswer, pluginError } from './plugin.ts';
import { isLoopback, proxyFor } from './proxy-for.ts';

/** What kubectl's oidc provider reads of a kubeconfig (client-go plugin/pkg/client/auth/oidc). */
export interface OidcSettings {
  readonly 'idp-issuer-url'?: string;
  readonly 'client-id'?: string;
  readonly 'client-secret'?: string;
  readonly 'id-token'?: string;
  readonly 'refresh-token'?: string;
  readonly 'idp-certificate-authority'?: string;
  readonly 'idp-certificate-authority-data'?: string;
}

export interface OidcQuestion {
  readonly user: string;
  readonly settings: OidcSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now?: () => Date;
}

/** As client-go does: a token about to expire would be refused on its way. */
const EXPIRY_DELTA_S = 10;
const TIMEOUT_S = 15;

interface Tokens {
  id: string | undefined;
  refresh: string | undefined;
}

/** Of each user entry that was read: what the provider gave lives as long as the process, and never in the user's file. */
const sessions = new WeakMap<OidcSettings, Tokens>();

/**
 * The id token of a kubeconfig, refreshed when it has expired. Not by the Kubernetes client, which takes the seconds that a new
 * token lives for the time at which it ends, and forgets the refresh token where the provider gives no new one.
 */
export function oidcPlugin({ user, settings, env, now = () => new Date() }: OidcQuestion): Plugin {
  const known = sessions.get(settings);
  const tokens = known ?? { id: settings['id-token'], refresh: settings['refresh-token'] };
  sessions.set(settings, tokens);
  // Asked for anew: the server has refused what it was shown.
  if (known !== undefined && tokens.refresh !== undefined) tokens.id = undefined;
  let running: Promise<PluginAnswer> | undefined;
  const ask = async (): Promise<PluginAnswer> => {
    if (tokens.id === undefined || isExpired(tokens.id, now())) await refresh({ user, settings, env }, tokens);
    return { headers: { authorization: `Bearer ${tokens.id}` } };
  };
  return () => {
    running ??= ask().finally(() => {
      running = undefined;
    });
    return running;
  };
}

function isExpired(token: string, now: Date): boolean {
  const [, payload = ''] = token.split('.');
  let expires: unknown;
  try {
    ({ exp: expires } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown });
  } catch {
    return true;
  }
  return typeof expires !== 'number' || expires - EXPIRY_DELTA_S <= now.getTime() / 1000;
}

async function refresh({ user, settings, env }: Omit<OidcQuestion, 'now'>, tokens: Tokens): Promise<void> {
  const missing = (['idp-issuer-url', 'client-id', 'refresh-token'] as const).filter((name) => !settings[name]);
  if (tokens.refresh === undefined || missing.length > 0) {
    throw pluginError(user, new Error(`its id token has expired, and without ${missing.join(', ')} in the kubeconfig no new one can be had: sign in again`));
  }
  try {
    const answer = await oidc.refreshTokenGrant(await provider(settings, env), tokens.refresh);
    if (answer.id_token === undefined) throw new Error('its provider gives no id token for the refresh token');
    tokens.id = answer.id_token;
    // Who gives no new one means the old one to be used again.
    tokens.refresh = answer.refresh_token ?? tokens.refresh;
  } catch (error) {
    throw pluginError(user, spoken(error));
  }
}

/** The words of the provider, where it has some. */
function spoken(error: unknown): unknown {
  if (error instanceof oidc.ResponseBodyError) {
    return new Error(`its provider refuses the refresh token (${error.error_description ?? error.error}): sign in again`);
  }
  return new Error(`its id token has expired, and its provider cannot be asked for a new one: ${reasonOf(deepest(error))}`);
}

function deepest(error: unknown): unknown {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? deepest(cause) : error;
}

async function provider(settings: OidcSettings, env: OidcQuestion['env']): Promise<oidc.Configuration> {
  const issuer = new URL(settings['idp-issuer-url'] ?? '');
  const dispatcher = await dispatcherFor(issuer, settings, env);
  const { 'client-id': id = '', 'client-secret': secret } = settings;
  return oidc.discovery(issuer, id, undefined, secret ? secretAuth(secret) : oidc.None(), {
    timeout: TIMEOUT_S,
    [oidc.customFetch]: (url, init) => undiciFetch(url, { ...(init as object), dispatcher }) as unknown as Promise<Response>,
    execute: isLoopback(issuer.hostname) ? [oidc.allowInsecureRequests] : [],
  });
}

/** In the body where the provider takes it there, else in the header, which RFC 6749 asks all to take. */
function secretAuth(secret: string): oidc.ClientAuth {
  return (server, client, body, headers) => {
    const methods = (server.token_endpoint_auth_methods_supported as readonly string[] | undefined) ?? [];
    const auth = methods.includes('client_secret_post') ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
    auth(server, client, body, headers);
  };
}

async function dispatcherFor(issuer: URL, settings: OidcSettings, env: OidcQuestion['env']): Promise<Dispatcher> {
  const { 'idp-certificate-authority': file, 'idp-certificate-authority-data': data } = settings;
  const ca = data ? Buffer.from(data, 'base64') : file ? await readFile(file) : undefined;
  const tls = ca === undefined ? {} : { ca };
  const proxy = proxyFor(issuer.href, env);
  return proxy === undefined ? new Agent({ connect: tls }) : new ProxyAgent({ uri: proxy, requestTls: tls });
}
