import type { LabelSelector } from './label-selector.ts';
import type { Condition, KubeObject } from './object.ts';
import type { NodeSelectorTerm, ResourceRequirements } from './pod.ts';

export interface PersistentVolumeClaim extends KubeObject {
  readonly spec?: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly volumeMode?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: ResourceRequirements;
    readonly selector?: LabelSelector;
    readonly dataSource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  };
  readonly status?: { readonly phase?: string; readonly capacity?: Readonly<Record<string, string>>; readonly conditions?: readonly Condition[] };
}

export interface PersistentVolume extends KubeObject {
  readonly spec?: {
    readonly storageClassName?: string;
    readonly volumeMode?: string;
    readonly accessModes?: readonly string[];
    readonly capacity?: Readonly<Record<string, string>>;
    readonly claimRef?: { readonly namespace?: string; readonly name?: string; readonly uid?: string };
    readonly persistentVolumeReclaimPolicy?: string;
    readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } };
    readonly csi?: { readonly driver?: string };
    readonly nfs?: { readonly server?: string; readonly path?: string };
    readonly hostPath?: { readonly path?: string };
    readonly local?: { readonly path?: string };
  };
  readonly status?: { readonly phase?: string; readonly reason?: string; readonly message?: string };
}

/** `provisioner` and the rest stand at the top of the object, not in a spec. */
export interface StorageClass extends KubeObject {
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
  readonly allowVolumeExpansion?: boolean;
}

export const DEFAULT_STORAGE_CLASS = 'storageclass.kubernetes.io/is-default-class';

export interface VolumeAttachment extends KubeObject {
  readonly spec?: { readonly attacher?: string; readonly nodeName?: string; readonly source?: { readonly persistentVolumeName?: string } };
  readonly status?: { readonly attached?: boolean; readonly attachError?: { readonly message?: string; readonly time?: string } };
}
