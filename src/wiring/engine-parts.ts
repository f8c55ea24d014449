// What an investigation in this process always needs, in one dynamic import: the build makes one chunk of it.
export { tracedReader } from '../cluster/traced-reader.ts';
export { investigate } from '../pipeline/investigate.ts';
export { createRedactor } from '../redact/redactor.ts';
export { openRules } from '../rules/open-rules.ts';
export { compileRules } from '../rules/rule-set.ts';
export { loadBundledKnowledge } from '../topology/knowledge/knowledge-bundle.ts';
