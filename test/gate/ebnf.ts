/** Sentences of a grammar in ISO 14977 EBNF, as arbitraries: what the grammar allows, a parser must read. */
import fc from 'fast-check';

export interface Language {
  /** Rules within which no blank may stand. */
  readonly lexical: readonly string[];
  /** What a special sequence, `? … ?`, stands for, by its text. */
  readonly special: Readonly<Record<string, fc.Arbitrary<string>>>;
}

/** Repetitions are not longer than this. */
const LONGEST = 4;

const TOKEN = /\s*(?:\(\*.*?\*\)\s*)*("[^"]*"|'[^']*'|\?[^?]*\?|[a-z]+|[=,|()[\]{};])/sy;

/** @param start the rule that a sentence is of */
export function sentences(grammar: string, start: string, { lexical, special }: Language): fc.Arbitrary<string> {
  const rules = new Map(rulesOf(tokensOf(grammar)));

  function rule(name: string, blank: string): fc.Arbitrary<string> {
    const body = rules.get(name);
    if (!body) throw new Error(`no rule for ${name}`);
    const tokens = [...body];
    return alternatives(tokens, lexical.includes(name) ? '' : blank);
  }

  function alternatives(tokens: string[], blank: string): fc.Arbitrary<string> {
    const choices = [sequence(tokens, blank)];
    while (tokens[0] === '|') {
      tokens.shift();
      choices.push(sequence(tokens, blank));
    }
    return fc.oneof(...choices);
  }

  function sequence(tokens: string[], blank: string): fc.Arbitrary<string> {
    const parts = [term(tokens, blank)];
    while (tokens[0] === ',') {
      tokens.shift();
      parts.push(term(tokens, blank));
    }
    return fc.tuple(...parts).map((texts) => texts.filter((text) => text !== '').join(blank));
  }

  function term(tokens: string[], blank: string): fc.Arbitrary<string> {
    const token = tokens.shift()!;
    if (/^["']/.test(token)) return fc.constant(token.slice(1, -1));
    if (token.startsWith('?')) return special[token.slice(1, -1).trim()]!;
    if (/^[a-z]/.test(token)) return rule(token, blank);
    const inner = alternatives(tokens, blank);
    tokens.shift();
    if (token === '(') return inner;
    const many = token === '[' ? 1 : LONGEST;
    return fc.array(inner, { maxLength: many }).map((texts) => texts.join(blank));
  }

  return rule(start, ' ');
}

function tokensOf(grammar: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(grammar); match; match = TOKEN.exec(grammar)) tokens.push(match[1]!);
  return tokens;
}

function* rulesOf(tokens: readonly string[]): Generator<[name: string, body: readonly string[]]> {
  for (let at = 0; at < tokens.length;) {
    const end = tokens.indexOf(';', at);
    if (end < 0 || tokens[at + 1] !== '=') throw new Error(`a rule is malformed near ${tokens.slice(at, at + 5).join(' ')}`);
    yield [tokens[at]!, tokens.slice(at + 2, end)];
    at = end + 1;
  }
}
