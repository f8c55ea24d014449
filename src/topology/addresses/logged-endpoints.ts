import type { LogEndpoint, LogExcerpt } from '../../domain/log-excerpt.ts';

/** "See this article: https://…": a link to read, not a host that was called. */
const ADVICE =
  /\b(?:see|look at|article|docs|documentation|learn more|more (?:info|information|details)|visit|read|refer to|help|troubleshoot\w*|faq|wiki|guide)\b[^\n]{0,120}$/i;

/**
 * The hosts that a log says were called. Messages often end in a link to their explanation; that one is left out, and so is
 * a name that the kept part of a long line does not show: it could not be cited.
 */
export function calledEndpoints(log: LogExcerpt): readonly LogEndpoint[] {
  return log.endpoints.filter(({ host, example }) => isShown(host, example) && !isAdvice(host, example));
}

function isShown(host: string, text: string): boolean {
  return /^[\d.:]+$/.test(host) || text.toLowerCase().includes(host);
}

function isAdvice(host: string, text: string): boolean {
  const at = text.toLowerCase().indexOf(`://${host}`);
  return at !== -1 && ADVICE.test(text.slice(0, at).replace(/[a-z]+$/i, ''));
}
