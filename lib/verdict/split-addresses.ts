// Finds the addresses in a text that may contain several: `a@x; b@y`, `Doe, John <a@x>, Other <b@y>`, one per line, or separated by
// spaces. Never cuts an address in two (a quoted local part or a name may contain any separator), never drops anything with an @ sign, and
// takes linear time. Text that is not an address stays as written, and its verdict says so.

/** Comma, semicolon, line breaks, tab, and the wide forms of comma and semicolon. */
const SEPARATORS = new Set(Array.from(',;\n\r\t\uff0c\uff1b\u3001'));
const AT_THE_ENDS = /^[\s,;\uff0c\uff1b\u3001]+|[\s,;\uff0c\uff1b\u3001]+$/g;
const AT_THE_BEGINNING = /^[\s,;\uff0c\uff1b\u3001]+/;
const BLANK = /\s/;
const SOMETHING_AT_SOMETHING = /[^\s@]@[^\s@]/;
/** Words between two addresses: `a@x and b@y`. */
const CONNECTOR = /^(?:and|or|und|oder|et|ou|y|e|&|\+|\/|\|)\s+/i;
const IN_QUOTES = /^"([^"]*)"$/;

/** Cheap to check, and true for nearly every cell: then there is nothing to split. */
export const holdsOneAtMost = (text: string): boolean => text.indexOf('@') === text.lastIndexOf('@');

/** Removes separators at both ends: lists of addresses often end with one, and their pieces begin with one. */
export const trimSeparators = (text: string): string => text.replace(AT_THE_ENDS, '');

export function splitAddresses(text: string): string[] {
  if (holdsOneAtMost(text)) return [text];
  const found = new Scanner(text).pieces().flatMap(({ from, to }) => toAddresses(text.slice(from, to)));
  return found.length > 1 ? found : [text];
}

/** For text that is still arriving: returns the addresses that no later text can change, and the rest. */
export function takeAddresses(text: string): { addresses: string[]; rest: string } {
  const scanner = new Scanner(text);
  const closed = scanner.pieces().filter(({ to }) => to <= scanner.openFrom);
  return {
    addresses: closed.flatMap(({ from, to }) => toAddresses(text.slice(from, to))),
    rest: text
      .slice(closed.at(-1)?.to ?? 0)
      .replace(AT_THE_BEGINNING, '')
      .replace(CONNECTOR, ''),
  };
}

function toAddresses(piece: string): string[] {
  const text = piece.trim().replace(CONNECTOR, '');
  // Some programs quote the whole cell.
  const inside = IN_QUOTES.exec(text)?.[1];
  return inside === undefined ? [text] : splitAddresses(inside);
}

interface Piece {
  from: number;
  to: number;
}

/** Cuts a text where an address certainly ends, skipping over quotes and angle brackets. */
class Scanner {
  /** Where the part begins that is incomplete or has an open quote or bracket. */
  openFrom: number;
  private readonly cuts: (Piece & { isBracketed: boolean })[] = [];
  private from = 0;
  private tokenFrom = 0;
  private at = 0;
  /** `noQuoteBefore`: no quote closes before this position. `closingAt`: the next closing angle bracket. */
  private noQuoteBefore = 0;
  private closingAt = 0;

  constructor(private readonly text: string) {
    this.openFrom = text.length;
  }

  /** Each piece has an @ sign. */
  pieces(): Piece[] {
    const { text } = this;
    while (this.at < text.length) {
      const letter = text.charAt(this.at);
      if (letter === '"' && this.at === this.tokenFrom) this.at = this.behindQuote(this.at);
      else if (letter === '<') this.readBrackets();
      else if (SEPARATORS.has(letter)) this.cut(this.at, this.at + 1);
      else if (BLANK.test(letter)) this.readBlank();
      else this.at++;
    }
    if (this.from < text.length) this.isOpen();
    this.cut(text.length, text.length);
    return this.joined();
  }

  private isOpen(): void {
    this.openFrom = Math.min(this.openFrom, this.from);
  }

  /** The position after the closing quote. A quote that is not closed on its line is an ordinary character. */
  private behindQuote(open: number): number {
    if (open < this.noQuoteBefore) return open + 1;
    const { text } = this;
    let at = open + 1;
    for (; at < text.length; at++) {
      const letter = text.charAt(at);
      if (letter === '"') return at + 1;
      if (letter === '\n' || letter === '\r') break;
      if (letter === '\\') at++;
    }
    this.noQuoteBefore = at;
    if (at >= text.length) this.isOpen();
    return open + 1;
  }

  private readBrackets(): void {
    const { text, at } = this;
    const inside = text.charAt(at + 1) === '"' ? this.behindQuote(at + 1) : at + 1;
    if (this.closingAt !== -1 && this.closingAt < inside) this.closingAt = text.indexOf('>', inside);
    const close = this.closingAt;
    if (close === -1) this.isOpen();
    if (close !== -1 && text.slice(at, close).includes('@')) return this.cut(close + 1, close + 1, true);
    this.at = at + 1;
    this.tokenFrom = at + 1;
  }

  /** An address ends at a space, unless the text before it is the display name of one in brackets. */
  private readBlank(): void {
    const { text, at } = this;
    let next = at + 1;
    while (next < text.length && BLANK.test(text.charAt(next)) && !SEPARATORS.has(text.charAt(next))) next++;
    if (next === text.length) this.isOpen();
    if (text.charAt(next) !== '<' && SOMETHING_AT_SOMETHING.test(text.slice(this.tokenFrom, at))) return this.cut(at, next);
    this.at = next;
    this.tokenFrom = next;
  }

  private cut(to: number, next: number, isBracketed = false): void {
    if (to > this.from) this.cuts.push({ from: this.from, to, isBracketed });
    this.from = next;
    this.tokenFrom = next;
    this.at = next;
  }

  /**
   * Text without an @ sign before a comma belongs to the next address if that one is in brackets (`Doe, John <a@x>`) or follows without a
   * space: `john,doe@x` is a typo, and `doe@x` is not the intended person. Any other text without an @ sign is not an address.
   */
  private joined(): Piece[] {
    const { text, cuts } = this;
    const hasAt = ({ from, to }: Piece): boolean => text.slice(from, to).includes('@');
    return cuts.flatMap((cut, index) => {
      if (!hasAt(cut)) return [];
      let { from } = cut;
      for (let at = index - 1; at >= 0; at--) {
        const before = cuts[at];
        if (before?.to !== from - 1 || text[before.to] !== ',' || hasAt(before)) break;
        if (!cut.isBracketed && BLANK.test(text.charAt(from))) break;
        from = before.from;
      }
      return [{ from, to: cut.to }];
    });
  }
}
