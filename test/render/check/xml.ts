/** A strict little XML reader: elements, attributes and text, and an error for anything that is not well-formed. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Every character that XML 1.0 allows. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export function parseXml(document: string): Element {
  if (!CHARACTERS.test(document)) throw new Error('a character that XML cannot hold');
  const header = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(header)) throw new Error('no XML declaration');
  let at = header.length;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(document);
    if (found) at += found[0].length;
    return found;
  };
  const element = (): Element => {
    const open = take(/<([a-z-]+)/);
    if (!open) throw new Error(`no element at ${at}: ${document.slice(at, at + 20)}`);
    const attributes: Record<string, string> = {};
    for (let found = take(/\s+([a-z]+)="([^"<]*)"/); found; found = take(/\s+([a-z]+)="([^"<]*)"/)) {
      if (found[1]! in attributes) throw new Error(`attribute ${found[1]} twice`);
      attributes[found[1]!] = decoded(found[2]!.replace(/[\t\n\r]/g, ' '));
    }
    if (take(/\s*\/>/)) return { name: open[1]!, attributes, children: [], text: '' };
    if (!take(/\s*>/)) throw new Error(`a broken tag at ${at}: ${document.slice(at, at + 20)}`);
    const children: Element[] = [];
    let text = '';
    for (;;) {
      const content = take(/[^<]+/)?.[0] ?? '';
      if (content.includes(']]>')) throw new Error(']]> in text');
      text += decoded(content);
      if (take(/<\/([a-z-]+)>/)) break;
      children.push(element());
    }
    const closing = /<\/([a-z-]+)>$/.exec(document.slice(0, at))![1];
    if (closing !== open[1]) throw new Error(`${open[1]} closed by ${closing}`);
    return { name: open[1]!, attributes, children, text };
  };
  const root = element();
  if (document.slice(at).trim() !== '') throw new Error('more after the root');
  return root;
}

function decoded(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new Error(`a bare & before ${whole}`);
    const code = /^#(\d+)$/.exec(name)?.[1];
    const char = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (char === undefined) throw new Error(`unknown entity ${whole}`);
    return char;
  });
}
