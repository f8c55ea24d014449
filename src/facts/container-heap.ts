import type { ContainerDoc } from '../domain/facts/container.ts';

/** The variables that runtimes and their start scripts take flags from. */
const VARIABLES = /^(?:_?JAVA_(?:TOOL_)?OPT(?:ION)?S|JDK_JAVA_OPTIONS|JVM_OPTS|CATALINA_OPTS|ES_JAVA_OPTS|KAFKA_HEAP_OPTS|NODE_OPTIONS)$/;
const JAVA = /-Xmx(\d+)([kmgt]?)\b/i;
const NODE = /--max[-_]old[-_]space[-_]size[= ](\d+)/;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** The largest heap that the container's flags allow its runtime, and the flag that says so; null without such a flag. */
export function heapOf({ env, command }: Pick<ContainerDoc, 'env' | 'command'>): ContainerDoc['max_heap'] {
  const texts = [command.join(' '), ...Object.entries(env).flatMap(([name, value]) => (VARIABLES.test(name) ? [value] : []))];
  for (const text of texts) {
    const java = JAVA.exec(text);
    if (java) return { flag: java[0], bytes: Number(java[1]) * (UNITS[(java[2] ?? '').toLowerCase()] ?? 1) };
    const node = NODE.exec(text);
    if (node) return { flag: node[0], bytes: Number(node[1]) * 2 ** 20 };
  }
  return null;
}
