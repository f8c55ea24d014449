import { optionalText, setting } from './setting.ts';

/** Whom a server lets in, besides the keys that it made itself. */
export const SERVER_SETTINGS = {
  oidcIssuer: setting({
    flag: '--oidc-issuer <url>',
    env: 'SRE_ORCH_OIDC_ISSUER',
    file: 'oidc_issuer',
    schema: optionalText,
    fallback: undefined,
    help: 'OpenID Connect provider whose tokens are let in, as far as --access names who they are of',
  }),
  oidcAudience: setting({
    flag: '--oidc-audience <name>',
    env: 'SRE_ORCH_OIDC_AUDIENCE',
    file: 'oidc_audience',
    schema: optionalText,
    fallback: undefined,
    help: 'whom its tokens must be meant for',
  }),
  oidcJwks: setting({
    flag: '--oidc-jwks <url>',
    env: 'SRE_ORCH_OIDC_JWKS',
    file: 'oidc_jwks',
    schema: optionalText,
    fallback: undefined,
    help: 'where its keys are (default: what its discovery document says)',
  }),
  oidcGroups: setting({
    flag: '--oidc-groups <claim>',
    env: 'SRE_ORCH_OIDC_GROUPS',
    file: 'oidc_groups',
    schema: optionalText,
    fallback: 'groups',
    help: 'claim that holds the groups (default groups)',
  }),
  access: setting({
    flag: '--access <file>',
    env: 'SRE_ORCH_ACCESS',
    file: 'access',
    schema: optionalText,
    fallback: undefined,
    help: 'YAML list of what users and groups of tokens may do; who is not in it may do nothing',
    completes: 'files',
  }),
  firstKey: setting({
    // No command takes it: a flag can be read by everybody on the machine.
    flag: '--first-key <key>',
    env: 'SRE_ORCH_FIRST_KEY',
    file: 'first_key',
    schema: optionalText,
    fallback: undefined,
    help: 'an admin key that a server knows from its start; not as a flag, because those can be read by everybody on the machine',
    secret: true,
  }),
  firstKeyFile: setting({
    flag: '--first-key-file <file>',
    env: 'SRE_ORCH_FIRST_KEY_FILE',
    file: 'first_key_file',
    schema: optionalText,
    fallback: undefined,
    help: 'file with that key: a mounted Secret',
    completes: 'files',
  }),
} as const;
