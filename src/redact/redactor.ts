import { AddressBook } from './addresses.ts';
import { COMMANDS, redactCommandLines } from './command-lines.ts';
import { redactUrls } from './credentials-in-urls.ts';
import { redactHeaders } from './headers.ts';
import { redactKeyValues } from './key-values.ts';
import { redactPem } from './pem-blocks.ts';
import { redactProviderKeys } from './provider-keys.ts';
import { objectRedaction } from './redact-object.ts';
import { redactSecretManifests } from './secret-manifests.ts';
import { redactStamped } from './stamped-lines.ts';
import { changeTriggeredLines } from './triggered-lines.ts';

export interface RedactorOptions {
  /** Hide IP addresses behind placeholders that `restore` puts back. */
  readonly ips?: boolean;
  /** Hide e-mail addresses likewise. */
  readonly emails?: boolean;
}

/** Every text that leaves the process passes one. Secrets are gone for good; redacting twice changes nothing. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** A copy without secrets: Secret data, variables with telling names, and every text in it. */
  readonly object: <T>(value: T) => T;
  /** The same for objects that are much alike, one after the other, and not changed meanwhile: what recurs in them is judged once. */
  readonly alike: () => <T>(value: T) => T;
  /** Puts addresses back, for the user's own screen. */
  readonly restore: (text: string) => string;
}

export function createRedactor(options: RedactorOptions = {}): Redactor {
  const addresses = new AddressBook();
  const text = (raw: string): string => {
    const clean = redactStamped(raw, withoutSecrets);
    const withoutIps = options.ips === true ? addresses.hideIps(clean) : clean;
    return options.emails === true ? addresses.hideEmails(withoutIps) : withoutIps;
  };
  const alike = () => {
    const redact = objectRedaction(text);
    return <T>(value: T) => redact(value) as T;
  };
  return { text, object: (value) => alike()(value), alike, restore: (shown) => addresses.restore(shown) };
}

/** Beginnings of every word that a header or the name of a secret holds. */
const TELLING = new RegExp(`pass|pwd|secr|toke|cred|key|auth|iden|bear|basi|cook|dockerc|${COMMANDS}`, 'gi');

/** Blocks first, so that no later rule cuts them; then what has a shape of its own; then what its name gives away. */
function withoutSecrets(text: string): string {
  const shaped = redactUrls(redactProviderKeys(redactSecretManifests(redactPem(text))));
  return changeTriggeredLines(shaped, TELLING, (lines) => redactKeyValues(redactHeaders(redactCommandLines(lines))));
}
