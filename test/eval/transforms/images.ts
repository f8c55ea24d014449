import { type Dump, type Json, mapTexts, mapValues, objectsOf } from './dump.ts';

/** The same images in a private registry, under another path; the tags stay, as they may be what is wrong. */
export function moveImages(dump: Dump): Dump {
  const hosts = new Map<string, string>();
  const moved = new Map<string, string>();
  for (const object of objectsOf(dump)) {
    mapValues(object as Json, (value, key) => {
      if (key === 'image' && typeof value === 'string') moved.set(repositoryOf(value), otherRepository(value, hosts));
      return value;
    });
  }
  const repositories = [...moved.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\w./-])(?:${repositories.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?=[:@])`, 'g');
  const hostPattern = new RegExp(`(?<![\\w.-])(?:${[...hosts.keys()].map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w.-])`, 'g');
  return mapTexts(dump, (text) => {
    const inPlaces = text.replace(pattern, (found) => moved.get(found) ?? found);
    return hosts.size === 0 ? inPlaces : inPlaces.replace(hostPattern, (found) => hosts.get(found) ?? found);
  });
}

function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/** Hosts stay apart from each other: a registry that cannot be found must not become one that can. */
function otherRepository(image: string, hosts: Map<string, string>): string {
  const parts = repositoryOf(image).split('/');
  const [host = ''] = parts;
  const name = parts.at(-1);
  if (parts.length === 1 || !/[.:]/.test(host)) return `harbor.corp.example/mirror/${name}`;
  const other = hosts.get(host) ?? `registry${hosts.size === 0 ? '' : hosts.size}.corp.example`;
  hosts.set(host, other);
  return `${other}/platform/team-a/${name}`;
}
