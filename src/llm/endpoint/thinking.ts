const BLOCK = /<(think|thinking|reasoning)>[\s\S]*?<\/\1>\s*/gi;
/** Servers that begin the answer inside the block send only its end. */
const HEADLESS = /^[\s\S]*?<\/(?:think|thinking|reasoning)>\s*/i;
const OPEN = /<(?:think|thinking|reasoning)>[\s\S]*$/i;

/** An answer without the thoughts that a model wrote into it. */
export function withoutThinking(text: string): string {
  return text.replace(BLOCK, '').replace(HEADLESS, '').replace(OPEN, '').trim();
}
