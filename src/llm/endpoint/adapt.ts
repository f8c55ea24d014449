import type { Dialect } from './dialect.ts';
import { STRUCTURED_LEVELS } from './dialect.ts';
import type { WireBody } from './wire-body.ts';

interface Refused {
  readonly text: string;
  readonly body: WireBody;
  readonly dialect: Dialect;
}

type Adaptation = (refused: Refused) => Partial<Dialect> | undefined;

/** Each looks at what a 400 says and at what was sent; the first that knows an answer wins. */
const ADAPTATIONS: readonly Adaptation[] = [
  ({ text, body }) => {
    const flag = /--enable-auto-tool-choice|--tool-call-parser|--jinja/.exec(text)?.[0];
    return body.tools !== undefined && flag !== undefined ? { tools: false, tools_flag: flag } : undefined;
  },
  ({ text, body }) =>
    body.tools !== undefined &&
    /(?:not|n't) support(?:ed)?\b.{0,40}\b(?:tool|function)|\b(?:tool|function)[^.]{0,60} (?:is|are) not (?:supported|allowed|enabled)/is.test(text)
      ? { tools: false }
      : undefined,
  ({ text, body }) => (body.stream_options !== undefined && /stream_options|include_usage/.test(text) ? { usage_in_stream: false } : undefined),
  ({ text, body }) =>
    body.max_tokens !== undefined && /max_tokens/.test(text) && /max_completion_tokens/.test(text) ? { limit_field: 'max_completion_tokens' } : undefined,
  ({ text, body }) => (body.max_completion_tokens !== undefined && /max_completion_tokens/.test(text) ? { limit_field: 'max_tokens' } : undefined),
  ({ text, body }) => (body.temperature !== undefined && /temperature/.test(text) ? { temperature: false } : undefined),
  ({ text, body }) => (body.parallel_tool_calls !== undefined && /parallel_tool_calls/.test(text) ? { parallel_tool_calls: false } : undefined),
  ({ text, body, dialect }) =>
    body.tool_choice !== undefined && /tool_choice/.test(text) ? { tool_choice: false, structured: below(dialect, 'tool') } : undefined,
  ({ text, body }) => (body.response_format === undefined && body.tools !== undefined && /\bstrict\b/.test(text) ? { strict_tools: false } : undefined),
  ({ text, dialect }) =>
    /reasoning_content|\breasoning\b/.test(text) && !dialect.reasoning_flipped
      ? { echoes_reasoning: !dialect.echoes_reasoning, reasoning_flipped: true }
      : undefined,
  ({ text, body, dialect }) =>
    body.response_format !== undefined && /response_format|json_schema|json schema|grammar|structured|guided|strict|additionalProperties|schema/i.test(text)
      ? { structured: below(dialect, dialect.structured) }
      : undefined,
  ({ text, body }) => (body.stream === true && /\bstream/i.test(text) ? { streams: false } : undefined),
  // It does not say what it minds: the least usual thing that was sent goes first.
  ({ body, dialect }) => (body.response_format !== undefined ? { structured: below(dialect, dialect.structured) } : undefined),
  ({ body }) => (body.stream_options !== undefined ? { usage_in_stream: false } : undefined),
  ({ body }) => (body.parallel_tool_calls !== undefined ? { parallel_tool_calls: false } : undefined),
  ({ body }) => (body.tools !== undefined ? { tools: false } : undefined),
];

/** No other way of asking makes a prompt shorter. */
const TOO_LONG = /context.{0,20}(?:length|window|size)|prompt is too long|too many tokens|exceeds?\b.{0,40}\btokens/i;

/** The dialect to try next after a request was refused as wrong; undefined where nothing is left to change. */
export function adapt(refused: Refused): Dialect | undefined {
  if (TOO_LONG.test(refused.text)) return undefined;
  for (const adaptation of ADAPTATIONS) {
    const change = adaptation(refused);
    if (change !== undefined) return { ...refused.dialect, ...change };
  }
  return undefined;
}

function below(dialect: Dialect, level: Dialect['structured']): Dialect['structured'] {
  const next = STRUCTURED_LEVELS[STRUCTURED_LEVELS.indexOf(level) + 1] ?? 'text';
  return STRUCTURED_LEVELS.indexOf(dialect.structured) > STRUCTURED_LEVELS.indexOf(next) ? dialect.structured : next;
}
