// The only markup that documentation texts may contain: `code`, **strong words** and [links](address). The words of a link may contain
// code.

export type Inline =
  | { kind: 'plain'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'link'; parts: readonly Inline[]; href: string };

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

export function parseInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > end) parts.push({ kind: 'plain', text: text.slice(end, match.index) });
    parts.push(partOf(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'plain', text: text.slice(end) });
  return parts;
}

function partOf([, code, strong, link = '', href = '']: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return { kind: 'link', parts: parseInline(link), href };
}

/** The words alone. */
export const plainText = (text: string): string => parseInline(text).map(wordsOf).join('');

const wordsOf = (part: Inline): string => (part.kind === 'link' ? part.parts.map(wordsOf).join('') : part.text);
