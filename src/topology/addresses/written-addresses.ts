import { type Address, addressesInUrls, addressInKeywords, parseHostPort, serviceNamesIn } from './parse-address.ts';

/** Names of settings whose value is a host even when it stands alone: DB_HOST, redis.addr, --kafka-brokers. */
const NAMES_A_HOST = /(^|[_.-])(host|hosts|hostname|addr|addrs|address|addresses|server|servers|url|uri|endpoint|endpoints|broker|brokers|dsn|upstream)\d*$/i;
/** Settings that look alike but say where the program itself listens, who may call it, or which image runs. */
const NAMES_ITSELF =
  /(^|[_.-])(listen|bind|advertise|advertised|public|external|allowed|cors|origin|redirect|callback|image|hostname|pod|node|proxy|no_proxy)([_.-]|$)/i;

const LONGEST = 65_536;

/** Addresses in the value of one setting. `name` decides whether a lone word is a host. */
export function addressesInSetting(name: string, value: string): Address[] {
  if (value.length > LONGEST || NAMES_ITSELF.test(name)) return [];
  const urls = addressesInUrls(value);
  if (urls.length > 0) return unique(urls);
  const keyword = addressInKeywords(value);
  if (keyword) return [keyword];
  const parts = value.split(/[,;\s]+/).filter((part) => part !== '');
  const hosts = parts.map((part) => parseHostPort(part));
  if (parts.length <= 16 && hosts.every((host) => host !== undefined)) {
    const named = NAMES_A_HOST.test(name) ? hosts : hosts.filter((host) => host.port !== null);
    if (named.length > 0) return unique(named);
  }
  return unique(serviceNamesIn(value));
}

const CLIENT_PAIR = /\b(?:nc|ncat|netcat|telnet)((?:\s+-[a-km-zA-Z0-9]+(?:\s+\d+)?)*)\s+([a-zA-Z0-9.-]{1,253})\s+(\d{1,5})\b/g;
const LOOK_UP = /\b(?:nslookup|getent\s+(?:a?hosts(?:v4)?)|ping(?:\s+-c\s*\d+)?|dig)\s+([a-zA-Z][a-zA-Z0-9.-]{0,252})/g;
const CLIENT_FLAG =
  /\b(?:pg_isready|psql|mysql|mysqladmin|mariadb|redis-cli|mongosh?|cqlsh|valkey-cli)\b[^|;&\n]{0,200}?\s(?:-h|--host)[\s=]*([a-zA-Z0-9.-]{1,253})(?:[^|;&\n]{0,100}?\s(?:-p|-P|--port)[\s=]*(\d{1,5}))?/g;
const BASH_DEVICE = /\/dev\/tcp\/([a-zA-Z0-9.-]{1,253})\/(\d{1,5})/g;

/** Addresses in a command line or shell script: URLs, full names, `host:port` words, and what network clients are pointed at. */
export function addressesInCommand(text: string): Address[] {
  if (text.length > LONGEST) return [];
  const found = [...addressesInUrls(text), ...serviceNamesIn(text)];
  for (const word of text.split(/[\s"'`()|;&]+/)) {
    const address = /^[a-z0-9.-]+:\d{2,5}$/.test(word) ? parseHostPort(word) : undefined;
    if (address) found.push(address);
  }
  for (const match of text.matchAll(CLIENT_PAIR)) add(found, match[2], match[3]);
  for (const match of text.matchAll(CLIENT_FLAG)) add(found, match[1], match[2]);
  for (const match of text.matchAll(BASH_DEVICE)) add(found, match[1], match[2]);
  for (const match of text.matchAll(LOOK_UP)) add(found, match[1], undefined);
  return unique(found);
}

/** Addresses in a whole file (properties, YAML, INI): only what cannot be mistaken for something else, and `…host: name` lines. */
export function addressesInFile(text: string): { sure: Address[]; likely: Address[] } {
  if (text.length > LONGEST) return { sure: [], likely: [] };
  const likely: Address[] = [];
  const line =
    /(?:^|\n)[ \t-]*"?([\w.-]*?(?:host|hostname|addr|address|server|servers|endpoint|brokers?|url))"?[ \t]*[:=][ \t]*["']?([a-z0-9][a-z0-9.-]{0,252})(?::(\d{1,5}))?["']?[ \t,]*(?=\r?\n|$)/gi;
  for (const match of text.matchAll(line)) if (!NAMES_ITSELF.test(match[1] ?? '')) add(likely, match[2], match[3]);
  for (const match of text.matchAll(/(?<![\w.:/@-])([a-z][a-z0-9.-]{0,252}:\d{2,5})(?![\w.:])/g)) add(likely, match[1], undefined);
  return { sure: unique([...addressesInUrls(text), ...serviceNamesIn(text)]), likely: unique(likely) };
}

function add(found: Address[], host: string | undefined, port: string | undefined): void {
  const address = host === undefined ? undefined : parseHostPort(port === undefined ? host : `${host}:${port}`);
  if (address) found.push(address);
}

/** One entry a host and port; the one with a scheme says more. */
function unique(addresses: readonly Address[]): Address[] {
  const byKey = new Map<string, Address>();
  for (const address of addresses) {
    const key = `${address.host}:${address.port ?? ''}`;
    const known = byKey.get(key);
    if (known === undefined || (known.scheme === null && address.scheme !== null)) byKey.set(key, address);
  }
  return [...byKey.values()];
}
