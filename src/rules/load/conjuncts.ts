/** A part of an expression and where it begins. */
interface ExpressionPart {
  readonly text: string;
  readonly offset: number;
}

/** Strings, brackets and operators; within a string nothing else counts. */
const TOKEN = /r?"""[\s\S]*?"""|r?'''[\s\S]*?'''|r"[^"\n]*"|r'[^'\n]*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|&&|\|\||[?()[\]{}]/g;

/** The parts that `&&` joins at the top of an expression; the expression itself where they are no separate claims. */
export function conjunctParts(expression: string): readonly ExpressionPart[] {
  const cuts: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of expression.matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    else if (depth === 0 && token === '&&') cuts.push(index);
    else if (depth === 0 && (token === '||' || token === '?')) return [{ text: expression, offset: 0 }];
  }
  const starts = [0, ...cuts.map((cut) => cut + 2)];
  return starts.map((offset, index) => ({ text: expression.slice(offset, cuts[index]), offset }));
}
