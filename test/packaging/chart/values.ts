/** Values as Helm takes them on its command line. */
export const values = (set: Readonly<Record<string, string | number | boolean>>): string[] =>
  Object.entries(set).flatMap(([path, value]) => [typeof value === 'string' ? '--set-string' : '--set', `${path}=${value}`]);

/** The image under test, as the cluster knows it: NAME:TAG. undefined: none was built. */
export const IMAGE = process.env['SRE_ORCH_IMAGE'];
