import type { Kind } from '../../domain/kubernetes/resource-type.ts';

/** A name that the text ties to a kind or a namespace: "deployment checkout", "shop/checkout", "`checkout`". */
export interface Mention {
  readonly name: string;
  /** The kinds that the word may stand for; empty where the text names none. */
  readonly kinds: readonly Kind[];
  readonly namespace: string | undefined;
}

/** What a description says before anything was read. */
export interface ParsedDescription {
  readonly text: string;
  /** Words that are said to be namespaces, in order: "namespace shop", "-n shop". */
  readonly namespaces: readonly string[];
  /** Words that may be namespaces if one of that name exists: "in shop". */
  readonly places: readonly string[];
  readonly mentions: readonly Mention[];
  /** All other words that are spelled as names and are no everyday words. */
  readonly words: readonly string[];
  /** Those of all that the text is clearly about: where nothing of that name exists, nothing that is found is known to answer it. */
  readonly asked: readonly string[];
  /** The symptom as the text words it: "CrashLoopBackOff", "503", "failing". */
  readonly errorSummary: string | null;
  /** ISO 8601; null where the text says no time. */
  readonly timeWindow: { readonly from: string | null; readonly to: string | null } | null;
}
