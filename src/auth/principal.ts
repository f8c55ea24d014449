import { ROLES, type Role } from '../store/api-key-repository.ts';

/** Who asks. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** What they may see; null: all namespaces. */
  readonly namespaces: readonly string[] | null;
}

/** A viewer reads, an operator also starts and stops investigations, an admin may all. */
export function mayAs({ role }: Principal, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
