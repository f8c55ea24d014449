/** Ways to say what hurts, the most telling first. */
const SYMPTOMS: readonly RegExp[] = [
  /\b(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainer(?:Config)?Error|RunContainerError|OOMKilled|FailedScheduling|FailedMount|FailedAttachVolume|FailedCreate|FailedCreatePodSandBox|Evicted|NodeNotReady|NotReady|BackOff|Unhealthy|ContainerCreating|DeadlineExceeded|ProgressDeadlineExceeded|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|SIGKILL)\b/i,
  /\b(?:HTTP )?(?:4(?:0[0134589]|29)|5(?:\d\d|xx))(?: errors?)?\b/i,
  /\b(?:exit code|code) \d{1,3}\b/i,
  /\b(?:connections? (?:is |are |being )?refused|connection reset|no route to host|no such host|name resolution|dns (?:errors?|failures?|lookups? fail\w*)|does not resolve|certificate (?:has )?expired|permission denied|access denied|unauthori[sz]ed|forbidden|too many connections|out of memory|no space left|disk full|out of disk|quota exceeded|rate limit\w*)\b/i,
  /\b(?:oom(?:[- ]?killed)?|out-of-memory)\b/i,
  /\b(?:crash(?:es|ed|ing|[- ]?loop(?:ing|s)?)?|restart(?:s|ed|ing)(?: constantly)?|keeps restarting|panics?)\b/i,
  /\b(?:stuck(?: in \w+)?|pending|not scheduled|cannot be scheduled|not starting|(?:does|do)(?: not|n't) start|won't start|never starts?|not ready|unready|terminating)\b/i,
  /\b(?:tim(?:es|ed|ing|e) ?outs?|timeouts?|hang(?:s|ing)?|unresponsive|not respond(?:ing)?|(?:very |too |so )?slow(?:ly|er)?|high latency|latency|degraded|flapping|intermittent(?:ly)?)\b/i,
  /\b(?:unreachable|unreachability|unavailable|unavailability|not reachable|cannot (?:be )?reach(?:ed)?|can't reach|no endpoints?|down|offline|dead|outage|broken|not working|(?:does|do)(?: not|n't) work)\b/i,
  /\b(?:fail(?:s|ed|ing|ures?)?|errors?|erroring|unhealthy|evict(?:ed|ions?)|rejected|denied)\b/i,
];
const MAX_SYMPTOMS = 3;

/** The symptom in the text's own words, the most telling first; null where it names none. */
export function symptomOf(text: string): string | null {
  const found = SYMPTOMS.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  const distinct = [...new Map(found.map((phrase) => [phrase.toLowerCase(), phrase])).values()];
  return distinct.length === 0 ? null : distinct.slice(0, MAX_SYMPTOMS).join(', ');
}

/** True for a word that is itself a symptom, and so no name. */
export function isSymptom(word: string): boolean {
  return SYMPTOMS.some((pattern) => pattern.exec(word)?.[0].length === word.length);
}
