/** A judgement over findings that no rule can make, because it needs the others, the graph or the changes. */
export interface AdjudicatorDescription {
  readonly id: string;
  readonly title: string;
  /** `cause`: it names one. `rejects`: what it says falls into `ruled_out`. */
  readonly role: 'cause' | 'rejects';
  readonly says: string;
  readonly reads: readonly string[];
  readonly holds: readonly string[];
  readonly quiet: readonly string[];
  /** Ids of the failure catalogue. */
  readonly catalogue: readonly string[];
}

/** What correlation itself decides, told as rules are told. The order is that in which they are asked. */
export const ADJUDICATORS: readonly AdjudicatorDescription[] = [
  {
    id: 'release-regression',
    title: 'Regression brought by a change',
    role: 'cause',
    says: 'a symptom that nothing explains began with a change of the workload, and the named field leads to it',
    reads: ['revisions of the template', 'managedFields', 'conditions of the workload', 'pods of the revision before'],
    holds: [
      'pods of the revision before are ready beside the broken ones',
      'the workload was available until the change',
      'its pods gave no trouble until the change',
    ],
    quiet: ['pods of both revisions fail', 'the workload was never well', 'the change came after the trouble', 'another cause explains the symptom'],
    catalogue: ['H01', 'H02', 'O09'],
  },
  {
    id: 'shared-configuration-changed',
    title: 'Shared configuration changed',
    role: 'cause',
    says: 'several workloads fail since one ConfigMap or Secret that all of them read was changed',
    reads: ['managedFields of the ConfigMap or Secret', 'references of the workloads', 'when each of them began to fail'],
    holds: ['two or more workloads began to fail after the change'],
    quiet: ['only one of its readers fails', 'it was not changed', 'it was changed after they began to fail', 'it was changed long before'],
    catalogue: ['M17', 'O02'],
  },
  {
    id: 'shared-setting',
    title: 'One setting behind workloads that fail alike',
    role: 'cause',
    says: 'several workloads complain alike of what they read in one ConfigMap or Secret: it is to blame, not each of them',
    reads: ['findings of the same cause', 'references of the workloads', 'when the ConfigMap or Secret was last written'],
    holds: ['two or more workloads with one finding read the same ConfigMap or Secret'],
    quiet: ['they fail in different ways', 'they read nothing in common', 'it was written after they began to fail'],
    catalogue: ['O02'],
  },
  {
    id: 'no-evidence',
    title: 'Nothing that was read proves it',
    role: 'rejects',
    says: 'no piece of evidence of the finding could be read',
    reads: ['evidence of the finding'],
    holds: ['every piece that it cites is missing'],
    quiet: ['one piece is there'],
    catalogue: ['Q07'],
  },
  {
    id: 'recovered',
    title: 'Over',
    role: 'rejects',
    says: 'the object is gone, being deleted, finished or ready since',
    reads: ['existence and deletion of the subject', 'Ready condition and its time', 'Complete condition'],
    holds: ['the pod is ready since after the trouble', 'the pod no longer exists', 'the Job completed'],
    quiet: ['a sign of the trouble is younger than the recovery', 'a crash of less than an hour ago'],
    catalogue: ['O16', 'P10', 'P16'],
  },
  {
    id: 'superseded',
    title: 'Said more exactly by another finding',
    role: 'rejects',
    says: 'a finding on the same object names the same trouble more exactly, or with firmer evidence',
    reads: ['supersedes of the rules', 'strength of the findings'],
    holds: ['another finding on the same object supersedes it', 'a stronger cause has the same effect on the same object'],
    quiet: ['it is about another container of the pod'],
    catalogue: [],
  },
  {
    id: 'too-late',
    title: 'Began after what it would explain',
    role: 'rejects',
    says: 'a cause does not explain what was in trouble before it began',
    reads: ['when each finding began'],
    holds: ['it began after its would-be effect'],
    quiet: ['one of the two times is not known', 'both began within the same few minutes'],
    catalogue: ['O09', 'O17'],
  },
  {
    id: 'no-path',
    title: 'Nothing connects the two',
    role: 'rejects',
    says: 'a cause explains only what depends on it; faults without a way between them stay apart',
    reads: ['graph of needs', 'mechanisms from effect to effect'],
    holds: ['the graph has no way from the sufferer to the cause', 'no mechanism leads from the one trouble to the other'],
    quiet: ['the sufferer calls, mounts, runs on or belongs to what is at fault'],
    catalogue: ['O17'],
  },
];
