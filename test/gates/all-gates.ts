import { blindness } from './blindness.ts';
import type { Gate } from './gate.ts';
import { mutation } from './mutation.ts';
import { noise } from './noise.ts';
import { pairs } from './pairs.ts';
import { nothingWrong, oneRoot, recordedFaults, rivalMisses, vagueQuestion } from './recorded.ts';

/** In the order in which their figures are told. */
export const GATES: readonly Gate[] = [recordedFaults, nothingWrong, rivalMisses, vagueQuestion, mutation, noise, pairs, oneRoot, blindness];
