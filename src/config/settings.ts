import * as z from 'zod/mini';
import { LLM_SETTINGS } from './llm-settings.ts';
import { OUTPUTS, type OutputFormat, outputFormat } from './output-format.ts';
import { SERVER_SETTINGS } from './server-settings.ts';
import { SERVING_SETTINGS } from './serving-settings.ts';
import { duration, optionalName, optionalText, type Setting, setting } from './setting.ts';

export const SETTINGS = {
  profile: setting({
    flag: '--profile <name>',
    env: 'SRE_ORCH_PROFILE',
    file: 'profile',
    schema: optionalText,
    fallback: undefined,
    help: 'set of settings under `profiles` of the settings file (default: the one that names the context in use, or has its name)',
    completes: 'profiles',
  }),
  kubeconfig: setting({
    flag: '--kubeconfig <file>',
    env: 'SRE_ORCH_KUBECONFIG',
    file: 'kubeconfig',
    schema: optionalText,
    fallback: undefined,
    help: 'kubeconfig to use (default: $KUBECONFIG, then ~/.kube/config, then the cluster it runs in)',
    completes: 'files',
  }),
  context: setting({
    flag: '--context <name>',
    env: 'SRE_ORCH_CONTEXT',
    file: 'context',
    schema: optionalText,
    fallback: undefined,
    help: 'context of the kubeconfig',
    completes: 'contexts',
  }),
  agents: setting({
    flag: '--agents <file>',
    env: 'SRE_ORCH_AGENTS',
    file: 'agents',
    schema: optionalText,
    fallback: undefined,
    help: 'YAML file that names the agents of clusters: they are read through these, and no kubeconfig is used',
    completes: 'files',
  }),
  cluster: setting({
    flag: '--cluster <name>',
    env: 'SRE_ORCH_CLUSTER',
    file: 'cluster',
    schema: optionalText,
    fallback: undefined,
    help: 'cluster to read, as the file of agents calls it (default: the one called default, or the only one)',
  }),
  namespace: setting({
    flag: '-n, --namespace <name>',
    env: 'SRE_ORCH_NAMESPACE',
    file: 'namespace',
    schema: optionalName,
    fallback: undefined,
    help: 'namespace to look at (default: what the description names, then the context, then all)',
    completes: 'namespaces',
  }),
  output: setting<OutputFormat>({
    flag: '-o, --output <format>',
    env: 'SRE_ORCH_OUTPUT',
    file: 'output',
    schema: outputFormat,
    fallback: 'text',
    help: `format of the answer: ${OUTPUTS.join(', ')}, or jsonpath=TEMPLATE as kubectl has it`,
    choices: OUTPUTS,
  }),
  timeout: setting({
    flag: '--timeout <duration>',
    env: 'SRE_ORCH_TIMEOUT',
    file: 'timeout',
    schema: duration,
    fallback: '2m',
    help: 'stop reading after this long and report what is known',
  }),
  rules: setting({
    flag: '--rules <dir>',
    env: 'SRE_ORCH_RULES',
    file: 'rules',
    schema: optionalText,
    fallback: undefined,
    help: 'folder of further rules; one with the same id replaces ours',
    completes: 'folders',
  }),
  knowledgeGraph: setting({
    flag: '--knowledge-graph <file>',
    env: 'SRE_ORCH_KNOWLEDGE_GRAPH',
    file: 'knowledge_graph',
    schema: optionalText,
    fallback: undefined,
    help: 'what depends on what, as YAML (default: ./knowledge_graph.yaml, then the one shipped)',
    completes: 'files',
  }),
  prometheus: setting({
    flag: '--prometheus <url>',
    env: 'PROMETHEUS_URL',
    file: 'prometheus',
    schema: optionalText,
    fallback: undefined,
    help: 'Prometheus to ask for metrics; user and password may stand in the address, better in the environment than in a flag',
  }),
  prometheusTokenFile: setting({
    flag: '--prometheus-token-file <file>',
    env: 'PROMETHEUS_TOKEN_FILE',
    file: 'prometheus_token_file',
    schema: optionalText,
    fallback: undefined,
    help: 'file with the bearer token for Prometheus',
    completes: 'files',
  }),
  alertmanager: setting({
    flag: '--alertmanager <url>',
    env: 'ALERTMANAGER_URL',
    file: 'alertmanager',
    schema: optionalText,
    fallback: undefined,
    help: 'Alertmanager to ask for alerts that fire',
  }),
  alertmanagerTokenFile: setting({
    flag: '--alertmanager-token-file <file>',
    env: 'ALERTMANAGER_TOKEN_FILE',
    file: 'alertmanager_token_file',
    schema: optionalText,
    fallback: undefined,
    help: 'file with the bearer token for Alertmanager',
    completes: 'files',
  }),
  telemetryCa: setting({
    flag: '--telemetry-ca <file>',
    env: 'SRE_ORCH_TELEMETRY_CA',
    file: 'telemetry_ca',
    schema: optionalText,
    fallback: undefined,
    help: 'certificate authorities (PEM) for Prometheus and Alertmanager, instead of the usual ones',
    completes: 'files',
  }),
  insecureHttp: setting({
    flag: '--insecure-http <hosts>',
    env: 'SRE_ORCH_INSECURE_HTTP',
    file: 'insecure_http',
    schema: optionalText,
    fallback: undefined,
    help: 'hosts, joined by commas, that may be spoken to without TLS',
  }),
  server: setting({
    flag: '--server <url>',
    env: 'SRE_ORCH_SERVER',
    file: 'server',
    schema: z.pipe(
      optionalText,
      z.transform((url) => (url === 'off' ? undefined : url)),
    ),
    fallback: undefined,
    help: 'a server (sre-orch serve) that investigates and keeps instead of this machine; its key is SRE_ORCH_API_KEY',
    negation: 'work on this machine, although a server is set',
  }),
  apiKey: setting({
    // No command takes it: a flag can be read by everybody on the machine.
    flag: '--api-key <key>',
    env: 'SRE_ORCH_API_KEY',
    file: 'api_key',
    schema: optionalText,
    fallback: undefined,
    help: 'key for the server; not as a flag, because those can be read by everybody on the machine',
    secret: true,
  }),
  dataDir: setting({
    flag: '--data-dir <dir>',
    env: 'SRE_ORCH_DATA_DIR',
    file: 'data_dir',
    schema: optionalText,
    fallback: undefined,
    help: 'where investigations are stored (default: $XDG_DATA_HOME/sre-orch)',
    completes: 'folders',
  }),
  store: setting({
    flag: '--store <address>',
    env: 'SRE_ORCH_STORE',
    file: 'store',
    schema: optionalText,
    fallback: undefined,
    help: 'where investigations are stored: sqlite:PATH or postgres://user@host/database (default: incidents.db in the data folder); a password belongs in the environment',
    secret: true,
  }),
  pager: setting({
    flag: '--pager <command>',
    env: 'SRE_ORCH_PAGER',
    file: 'pager',
    schema: optionalText,
    fallback: undefined,
    help: 'what shows an answer that is longer than the screen; `off`: nothing (default: $PAGER, then less)',
    negation: 'print long answers as they are',
  }),
  terminalTitle: setting<'on' | 'off'>({
    flag: '--terminal-title <on|off>',
    env: 'SRE_ORCH_TERMINAL_TITLE',
    file: 'terminal_title',
    schema: z.enum(['on', 'off'], { error: 'on or off is needed' }),
    fallback: 'off',
    help: 'say in the title of the terminal what is being investigated',
    choices: ['on', 'off'],
  }),
  ...LLM_SETTINGS,
  ...SERVER_SETTINGS,
  ...SERVING_SETTINGS,
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [K in SettingName]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

/** What a command takes that reads a cluster. */
export const CLUSTER_SETTINGS: readonly SettingName[] = ['context', 'kubeconfig', 'agents', 'cluster'];

/** What a command takes that asks servers of alerts and metrics. */
export const TELEMETRY_SETTINGS: readonly SettingName[] = [
  'prometheus',
  'prometheusTokenFile',
  'alertmanager',
  'alertmanagerTokenFile',
  'telemetryCa',
  'insecureHttp',
];

/** What a command takes that may ask a language model. */
export const MODEL_SETTINGS: readonly SettingName[] = [
  'llmBaseUrl',
  'llmModel',
  'llmEmbeddingModel',
  'llmContext',
  'llmSteps',
  'llmTokens',
  'llmCost',
  'llmPrices',
  'llmTimeout',
  'llmHide',
  'llmLog',
  'mcpConfig',
  'runbooks',
  'offline',
];

/** What a command takes that investigates, here or on a server. */
export const INVESTIGATION_SETTINGS: readonly SettingName[] = [
  'profile',
  ...CLUSTER_SETTINGS,
  'rules',
  'knowledgeGraph',
  'timeout',
  'server',
  'dataDir',
  'store',
  ...TELEMETRY_SETTINGS,
  ...MODEL_SETTINGS,
];

/** What a command takes that asks for what is stored, here or on a server. */
export const STORED_SETTINGS: readonly SettingName[] = ['output', 'server', 'insecureHttp', 'profile', 'dataDir', 'store'];

/** What only a server takes: how it serves, and whom it lets in. */
export const SERVER_SIDE_SETTINGS: readonly SettingName[] = [
  'listen',
  'requireKey',
  'concurrency',
  'queue',
  'rate',
  'lease',
  'keep',
  'keepSize',
  'grace',
  'drain',
  'oidcIssuer',
  'oidcAudience',
  'oidcJwks',
  'oidcGroups',
  'access',
  'tokenAudience',
  'firstKeyFile',
  'webhooks',
  'sessionSecretFile',
  'tlsCert',
  'tlsKey',
  'otlpEndpoint',
  'cors',
];
