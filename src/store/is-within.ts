/** Whether an incident is of these namespaces and of no other. One of all namespaces is not. */
export function isWithin({ namespaces }: { readonly namespaces: readonly string[] }, allowed: readonly string[]): boolean {
  return namespaces.length > 0 && namespaces.every((namespace) => allowed.includes(namespace));
}
