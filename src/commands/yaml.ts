/** A value as YAML; the library is loaded only when somebody asks for it. */
export async function asYaml(value: unknown): Promise<string> {
  const { dump } = await import('js-yaml');
  // Plain data: what JSON would leave out is left out here too.
  return dump(JSON.parse(JSON.stringify(value)), { lineWidth: -1, noRefs: true });
}
