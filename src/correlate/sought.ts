/** What could show the trouble that a question tells of. */
export interface Sought {
  /** It names no trouble: anything may be meant. */
  readonly anything: boolean;
  /** A process may write of it. */
  readonly inLogs: boolean;
  /** It may lie on the way between those who call and those who answer. */
  readonly ways: boolean;
  /** It is about getting a place, or leaving it. */
  readonly placing: boolean;
}

/** The objects and their events tell of it whole: no process has begun yet, or none is asked any more. */
const BEFORE_ANY_PROCESS =
  /^(?:stuck in \w+|pending|not scheduled|cannot be scheduled|terminating|FailedScheduling|ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainer(?:Config)?Error|ContainerCreating|FailedMount|FailedAttachVolume|FailedCreate\w*|evict\w*|quota exceeded|NodeNotReady)$/i;
/** Of the process itself, whoever calls it. */
const OF_THE_PROCESS =
  /^(?:CrashLoopBackOff|BackOff|OOMKilled|SIGKILL|oom.*|out[ -]of[ -]memory|crash.*|restart.*|keeps restarting|panics?|(?:exit )?code \d+|RunContainerError)$/i;

/** By the question's words for the symptom, as they were taken from it: "503, failing". */
export function soughtIn(symptom: string | null): Sought {
  const phrases = (symptom ?? '').split(', ').filter((phrase) => phrase !== '');
  const anything = phrases.length === 0;
  const open = phrases.filter((phrase) => !BEFORE_ANY_PROCESS.test(phrase));
  const placing = open.length < phrases.length;
  return { anything, placing, inLogs: anything || open.length > 0, ways: anything || open.some((phrase) => !OF_THE_PROCESS.test(phrase)) };
}
