import type { ServiceDoc } from '../domain/facts/service.ts';
import type { Service, ServicePort } from '../domain/kubernetes/network.ts';
import type { ContainerSpec, PodSpec, Probe } from '../domain/kubernetes/pod.ts';
import { nearNames } from '../domain/near-names.ts';
import { logPart } from './container-log.ts';
import type { FactContext } from './context.ts';
import type { LivePod } from './network.ts';

/** What is known of the ports on which pods listen. Declarations are only informative, so what is undeclared is not yet wrong. */
export interface KnownPorts {
  readonly declared: readonly { readonly name: string | undefined; readonly port: number; readonly protocol: string }[];
  /** Asked by a probe of a ready pod, or named in a log line. */
  readonly proven: ReadonlySet<number>;
  /** Asked by any probe, with what it speaks. */
  readonly probed: ReadonlyMap<number, string>;
  readonly configured: ReadonlySet<number>;
}

export function knownPorts(context: FactContext, specs: readonly PodSpec[], pods: readonly LivePod[]): KnownPorts {
  const containers = [...specs, ...pods.map(({ pod }) => pod.spec)].flatMap((spec) => [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]);
  const declared = containers.flatMap(({ ports = [] }) => ports.map(({ name, containerPort, protocol = 'TCP' }) => ({ name, port: containerPort, protocol })));
  const probed = new Map(containers.flatMap(probedPorts));
  const ready = pods.filter((pod) => pod.ready);
  const logged = pods.flatMap(({ pod }) =>
    (pod.spec?.containers ?? []).flatMap(
      ({ name }) => logPart(context.inventory.logsOf(pod.metadata.namespace ?? '', pod.metadata.name, name), false).listening_ports,
    ),
  );
  const proven = new Set([...logged, ...ready.flatMap(({ pod }) => (pod.spec?.containers ?? []).flatMap(probedPorts).map(([port]) => port))]);
  const configured = new Set(
    containers.flatMap(({ env = [] }) => env.flatMap(({ name, value }) => (OWN_PORT.test(name) && isPort(value) ? [Number(value)] : []))),
  );
  return { declared, proven, probed, configured };
}

/** The variables by which a program is told where to listen. A port of something it calls has that thing in its name. */
const OWN_PORT = /^((HTTP|HTTPS|GRPC|SERVER|LISTEN|LISTENING|CONTAINER|APP|APPLICATION|SERVICE|WEB|MANAGEMENT_SERVER)_)?PORT$/;

function isPort(value: string | undefined): boolean {
  return value !== undefined && /^\d{1,5}$/.test(value);
}

function probedPorts(container: ContainerSpec): [number, string][] {
  return [container.livenessProbe, container.readinessProbe, container.startupProbe].flatMap((probe): [number, string][] => {
    const asked = probe && probeTarget(probe);
    if (asked === undefined) return [];
    const number = typeof asked.port === 'number' ? asked.port : container.ports?.find(({ name }) => name === asked.port)?.containerPort;
    return number === undefined ? [] : [[number, asked.speaks]];
  });
}

function probeTarget({ httpGet, tcpSocket, grpc }: Probe): { port: number | string | undefined; speaks: string } | undefined {
  if (httpGet) return { port: httpGet.port, speaks: 'HTTP' };
  if (tcpSocket) return { port: tcpSocket.port, speaks: 'TCP' };
  return grpc ? { port: grpc.port, speaks: 'gRPC' } : undefined;
}

export interface PortFaults {
  readonly wrong: ServiceDoc['wrong_port'];
  readonly unnamed: ServiceDoc['unnamed_port'];
  readonly protocol: ServiceDoc['wrong_protocol'];
  readonly untranslated: ServiceDoc['untranslated_port'];
  /** Where the faulty port stands in the Service: `spec.ports[0]`. */
  readonly paths: { readonly wrong: string; readonly unnamed: string; readonly protocol: string; readonly untranslated: string };
}

/** The first fault of each sort. `fails` tells whether anybody was seen to fail on a port of the Service. */
export function portFaults(service: Service, known: KnownPorts, fails: (port: number) => boolean): PortFaults {
  const ports = (service.spec?.ports ?? []).map((port, index) => ({ port, path: `spec.ports[${index}]` }));
  const numeric = ports.flatMap(({ port, path }) =>
    typeof (port.targetPort ?? port.port) === 'number' ? [{ port, path, target: Number(port.targetPort ?? port.port) }] : [],
  );
  const isHeadless = service.spec?.clusterIP === 'None';
  const wrong = isHeadless ? undefined : numeric.find(({ port, target }) => isUnknown(port, target, known));
  const untranslated = isHeadless ? numeric.find(({ port, target }) => target !== port.port && isUnknown(port, port.port, known)) : undefined;
  const protocol = numeric.find(({ port, target }) => speaksOther(port, target, { known, ports: numeric.map((entry) => entry) }));
  const unnamed = ports.find(({ port }) => typeof port.targetPort === 'string' && !known.declared.some(({ name }) => name === port.targetPort));
  const right = ports.length - numeric.filter(({ port, target }) => isUnknown(port, target, known)).length;
  return {
    wrong: wrong ? wrongPort(wrong, known, { confirmed: fails(wrong.port.port), only: right === 0 }) : null,
    unnamed: unnamed && known.declared.length + known.probed.size > 0 ? unnamedPort(unnamed.port, known) : null,
    protocol: protocol ? wrongProtocol(protocol, known, fails(protocol.port.port)) : null,
    untranslated: untranslated
      ? { port: untranslated.port.port, target: untranslated.target, known: allKnown(known).join(', '), confirmed: fails(untranslated.port.port) }
      : null,
    paths: {
      wrong: `${wrong?.path}.targetPort`,
      unnamed: `${unnamed?.path}.targetPort`,
      protocol: `${protocol?.path}.protocol`,
      untranslated: `${untranslated?.path}.port`,
    },
  };
}

function allKnown({ declared, proven, probed, configured }: KnownPorts): number[] {
  return [...new Set([...declared.map(({ port }) => port), ...proven, ...probed.keys(), ...configured])].sort((a, b) => a - b);
}

function isUnknown({ protocol = 'TCP' }: ServicePort, target: number, known: KnownPorts): boolean {
  const all = allKnown(known);
  return protocol === 'TCP' && all.length > 0 && !all.includes(target);
}

interface NumericPort {
  readonly port: ServicePort;
  readonly target: number;
}

function wrongPort(
  { port, target }: NumericPort,
  known: KnownPorts,
  { confirmed, only }: { confirmed: boolean; only: boolean },
): NonNullable<PortFaults['wrong']> {
  const declared = known.declared.some((entry) => entry.port === port.port);
  return { name: port.name ?? null, port: port.port, target, known: allKnown(known).join(', '), proven: known.proven.size > 0, declared, confirmed, only };
}

function unnamedPort(port: ServicePort, known: KnownPorts): NonNullable<PortFaults['unnamed']> {
  const names = [...new Set(known.declared.flatMap(({ name }) => name ?? []))];
  const target = String(port.targetPort);
  return {
    port: port.port,
    target,
    declared: names.length === 0 ? 'none' : names.join(', '),
    near: nearNames(target, names, 1)[0] ?? (names.length === 1 ? (names[0] ?? null) : null),
  };
}

/** The pods declare the port for another protocol only, and no other port of the Service brings that one there. */
function speaksOther({ protocol = 'TCP' }: ServicePort, target: number, { known, ports }: { known: KnownPorts; ports: readonly NumericPort[] }): boolean {
  const declared = known.declared.filter(({ port }) => port === target);
  if (declared.length === 0 || declared.some((port) => port.protocol === protocol)) return false;
  return !ports.some((other) => other.target === target && declared.some((port) => port.protocol === (other.port.protocol ?? 'TCP')));
}

/** Names of ports whose protocol runs over TCP (the convention of service meshes: name or name-suffix). */
const TCP_NAME = /^(tcp|http|https|http2|grpc|grpc-web|tls|mongo|mysql|redis|postgres|amqp|kafka)(-|$)/;

function wrongProtocol({ port, target }: NumericPort, known: KnownPorts, confirmed: boolean): NonNullable<PortFaults['protocol']> {
  const speaks = known.declared.find((declared) => declared.port === target)?.protocol ?? 'TCP';
  const proven = speaks === 'TCP' && (known.probed.has(target) || TCP_NAME.test(port.name ?? ''));
  return { port: port.port, target, says: port.protocol ?? 'TCP', speaks, proven, confirmed };
}
