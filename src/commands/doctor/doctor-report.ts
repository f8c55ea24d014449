/** What one check came to. `warn`: it works, with gaps. */
export interface DoctorCheck {
  readonly name: 'node' | 'cluster' | 'permissions' | 'store' | 'rules' | 'prometheus' | 'alertmanager';
  readonly status: 'ok' | 'warn' | 'fail';
  readonly text: string;
  /** What to do, one a line; empty where all is well. */
  readonly next_steps: readonly string[];
}

/** The answer of `doctor`, also as JSON. */
export interface DoctorReport {
  readonly checks: readonly DoctorCheck[];
  /** What grants the missing permissions, as YAML for kubectl apply; null when none is missing. */
  readonly rbac: string | null;
}

/** The worst of the checks. */
export function doctorStatus({ checks }: DoctorReport): DoctorCheck['status'] {
  return (['fail', 'warn'] as const).find((status) => checks.some((check) => check.status === status)) ?? 'ok';
}
