export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/**
 * Splits an image reference as container runtimes do (distribution/reference: the first part is a host when it has a dot
 * or a port, or is localhost). `tag` is the digest where there is one; registry and tag default to docker.io and latest.
 */
export function parseImage(image: string): ImageReference {
  const [named = '', digest] = image.split('@');
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  const rest = isHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  return {
    registry: isHost ? first : 'docker.io',
    repository: colon < 0 ? rest : rest.slice(0, colon),
    tag: digest ?? (colon < 0 ? 'latest' : rest.slice(colon + 1)),
  };
}
