import type { Inventory } from '../../domain/inventory.ts';
import type { ContainerSpec } from '../../domain/kubernetes/pod.ts';
import type { ConfigMap } from '../../domain/kubernetes/policy.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import { containersOf } from '../pod-references.ts';
import type { Site } from '../sites.ts';
import type { Address } from './parse-address.ts';
import { addressesInCommand, addressesInFile, addressesInSetting } from './written-addresses.ts';

/** An address that a workload is configured with, and where it is written. */
export interface ConfiguredAddress extends Address {
  readonly container: string;
  /** The workload itself, or the ConfigMap that holds the value. */
  readonly object: ObjectRef;
  readonly path: string;
  /** The variable, flag or key that holds it. */
  readonly name: string;
  readonly how: 'env' | 'command' | 'config-map';
  /** false: a guess out of a file's text, to be believed only where such a Service exists. */
  readonly sure: boolean;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  readonly object: ObjectRef;
  readonly path: string;
}

/** Every address in the env, arguments and readable ConfigMaps of a workload. Secrets are not looked into. */
export function configuredAddresses(site: Site, inventory: Inventory): ConfiguredAddress[] {
  return containersOf(site.spec).flatMap(({ container, path }) => {
    const settings = settingsOf(site, container, `${site.path}.${path}`, inventory);
    return [...fromSettings(settings, container.name), ...fromCommand(site, container, `${site.path}.${path}`), ...fromFiles(site, container, inventory)];
  });
}

/** The container's variables with a readable value, `$(NAME)` filled in as the kubelet does. */
function settingsOf(site: Site, container: ContainerSpec, path: string, inventory: Inventory): Setting[] {
  const settings = new Map<string, Setting>();
  for (const source of container.envFrom ?? []) {
    const name = source.configMapRef?.name;
    for (const [key, value] of Object.entries(configMap(inventory, site.namespace, name)?.data ?? {})) {
      const variable = `${source.prefix ?? ''}${key}`;
      settings.set(variable, { name: variable, value, object: objectRef('ConfigMap', site.namespace, name ?? ''), path: `data.${key}` });
    }
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const { name: mapName, key = '' } = valueFrom?.configMapKeyRef ?? {};
    const mapped = mapName === undefined ? undefined : configMap(inventory, site.namespace, mapName)?.data?.[key];
    if (value !== undefined) {
      const filled = value.replaceAll(/\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g, (whole, variable: string) => settings.get(variable)?.value ?? whole);
      settings.set(name, { name, value: filled, object: site.ref, path: `${path}.env[name=${name}].value` });
    } else if (mapped !== undefined) {
      settings.set(name, { name, value: mapped, object: objectRef('ConfigMap', site.namespace, mapName ?? ''), path: `data.${key}` });
    }
  }
  return [...settings.values()];
}

function fromSettings(settings: readonly Setting[], container: string): ConfiguredAddress[] {
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  return settings.flatMap(({ name, value, object, path }) => {
    const how = object.kind === 'ConfigMap' ? ('config-map' as const) : ('env' as const);
    return addressesInSetting(name, value).map((address) => {
      const port = address.port ?? siblingPort(name, values);
      return { ...address, port, container, object, path, name, how, sure: true };
    });
  });
}

/** DB_HOST=db stands beside DB_PORT=5432. */
function siblingPort(name: string, values: ReadonlyMap<string, string>): number | null {
  const sibling = name.replace(/(HOST|HOSTNAME|ADDR|ADDRESS|SERVER|host|hostname|addr|address|server)$/, (word) =>
    word === word.toUpperCase() ? 'PORT' : 'port',
  );
  const port = sibling === name ? Number.NaN : Number(values.get(sibling));
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? port : null;
}

function fromCommand(site: Site, container: ContainerSpec, path: string): ConfiguredAddress[] {
  const written = (field: 'command' | 'args'): ConfiguredAddress[] => {
    const words = container[field] ?? [];
    return words.flatMap((word, index) => {
      const flag = /^--?([a-zA-Z][\w.-]*)=(.+)$/s.exec(word);
      const before = /\s/.test(word) ? undefined : /^--?([a-zA-Z][\w.-]+)$/.exec(words[index - 1] ?? '')?.[1];
      const name = flag?.[1] ?? before ?? field;
      const addresses = flag || before ? addressesInSetting(name, flag?.[2] ?? word) : addressesInCommand(word);
      return addresses.map((address) => ({
        ...address,
        container: container.name,
        object: site.ref,
        path: `${path}.${field}[${index}]`,
        name,
        how: 'command' as const,
        sure: true,
      }));
    });
  };
  const line = [...(container.command ?? []), ...(container.args ?? [])].join(' ');
  const whole = addressesInCommand(line).map((address) => ({
    ...address,
    container: container.name,
    object: site.ref,
    path: `${path}.command`,
    name: 'command',
    how: 'command' as const,
    sure: true,
  }));
  const single = [...written('command'), ...written('args')];
  const seen = new Set(single.map(({ host, port }) => `${host}:${port}`));
  return [...single, ...whole.filter(({ host, port }) => !seen.has(`${host}:${port}`))];
}

function fromFiles(site: Site, container: ContainerSpec, inventory: Inventory): ConfiguredAddress[] {
  const mounted = new Set((container.volumeMounts ?? []).map(({ name }) => name));
  return (site.spec.volumes ?? []).flatMap((volume) => {
    const names = mounted.has(volume.name) ? [volume.configMap?.name, ...(volume.projected?.sources ?? []).map((source) => source.configMap?.name)] : [];
    return names.flatMap((name) =>
      Object.entries(configMap(inventory, site.namespace, name)?.data ?? {}).flatMap(([key, text]) => {
        const { sure, likely } = addressesInFile(text);
        const place = {
          container: container.name,
          object: objectRef('ConfigMap', site.namespace, name ?? ''),
          path: `data.${key}`,
          name: key,
          how: 'config-map' as const,
        };
        return [...sure.map((address) => ({ ...address, ...place, sure: true })), ...likely.map((address) => ({ ...address, ...place, sure: false }))];
      }),
    );
  });
}

function configMap(inventory: Inventory, namespace: string, name: string | undefined): ConfigMap | undefined {
  const lookup = name === undefined ? undefined : inventory.lookup<ConfigMap>('ConfigMap', namespace, name);
  return lookup?.status === 'found' ? lookup.value : undefined;
}

/** How an address is shown: without what a URL may carry besides. */
export function addressText({ scheme, host, port }: Address): string {
  return `${scheme === null ? '' : `${scheme}://`}${host}${port === null ? '' : `:${port}`}`;
}
