export type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** An equality selector, as a Service has it. An empty one selects nothing (a Service without selector), unlike `matchesLabels`. */
export function selects(selector: Labels | undefined, labels: Labels | undefined): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}

/** A LabelSelector, as workloads and policies have it. An empty one selects everything (apimachinery: labels.Everything). */
export function matchesLabels(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
  return equal && (selector.matchExpressions ?? []).every((requirement) => meetsRequirement(requirement, labels?.[requirement.key]));
}

interface SelectorRequirement {
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether a label's value (undefined: no such label) meets a requirement of a label, node or field selector; Gt and Lt are for nodes only. */
export function meetsRequirement({ operator, values = [] }: SelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
