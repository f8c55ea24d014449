/** What a server says of a tool of its own; a hint, not a promise. */
export interface RemoteTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly annotations?: { readonly readOnlyHint?: boolean | undefined; readonly destructiveHint?: boolean | undefined } | undefined;
}

const WRITES =
  /(?:^|[^a-z])(?:create|delete|remove|update|patch|apply|write|edit|modify|put|post|set|insert|upsert|drop|truncate|move|rename|copy|upload|push|send|publish|exec|execute|run|start|stop|restart|reboot|kill|scale|rollback|rollout|deploy|install|uninstall|upgrade|drain|cordon|uncordon|taint|label|annotate|silence|ack|resolve|approve|merge|close|open|add|enable|disable|toggle|trigger|grant|revoke|evict|reset|purge|flush|pay|order|book)(?:[^a-z]|$)/;

/** Whether a tool may change something: by the verbs in its name, and by what the server admits. A hint that it only reads does not outweigh its name. */
export function mayWrite({ name, annotations }: RemoteTool): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return WRITES.test(words) || annotations?.readOnlyHint === false || (annotations?.destructiveHint === true && annotations.readOnlyHint !== true);
}

/** `*` stands for any part of a name. */
export function isNamed(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) =>
    new RegExp(
      `^${pattern
        .split('*')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    ).test(name),
  );
}
