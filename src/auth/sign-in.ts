import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import { type Access, principalIn } from './access.ts';
import { holderOf, isApiKey } from './api-key.ts';
import type { Identify } from './identity.ts';
import type { Principal } from './principal.ts';

/** Who sent a token; undefined where nobody knows it, or who is known may do nothing. */
export type SignIn = (token: string) => Promise<Principal | undefined>;

export interface SignInOptions {
  readonly keys: ApiKeyRepository;
  /** Asked in turn about tokens that are no keys of ours. */
  readonly identify: readonly Identify[];
  readonly access: Access;
}

/** Keys of ours, then whoever else may vouch for a token. */
export function signInBy({ keys, identify, access }: SignInOptions): SignIn {
  return async (token) => {
    if (isApiKey(token) || identify.length === 0) return holderOf(token, keys);
    for (const each of identify) {
      const identity = await each(token);
      if (identity !== undefined) return principalIn(access, identity);
    }
    return undefined;
  };
}
