import Link from 'next/link';
import { Fragment } from 'react';
import { type Inline, parseInline } from '@/content/docs/inline';

interface InlineTextProps {
  text: string;
  /** In a narrow column, long names in code may break, between their words. */
  breaksCode?: boolean;
}

/** A documentation text with its code, strong words and links. */
export function InlineText({ text, breaksCode = false }: InlineTextProps) {
  return <InlineParts parts={parseInline(text)} breaksCode={breaksCode} />;
}

function InlineParts({ parts, breaksCode }: { parts: readonly Inline[]; breaksCode: boolean }) {
  return parts.map((part, index) => <InlinePart key={`${index}-${part.kind}`} part={part} breaksCode={breaksCode} />);
}

function InlinePart({ part, breaksCode }: { part: Inline; breaksCode: boolean }) {
  if (part.kind === 'code') return <code>{breaksCode ? withBreaks(part.text) : part.text}</code>;
  if (part.kind === 'strong') return <strong>{part.text}</strong>;
  if (part.kind === 'plain') return part.text;
  const words = <InlineParts parts={part.parts} breaksCode={breaksCode} />;
  return part.href.startsWith('/') && !part.href.startsWith('/v1/') ? (
    <Link href={part.href}>{words}</Link>
  ) : (
    <a href={part.href}>{words}</a>
  );
}

/** An address breaks before its domain, any other name between its words. */
const withBreaks = (code: string) =>
  code.split(code.includes('@') ? /(?<=@)/ : /(?<=[./_])(?=\w)/).map((word, index) => (
    <Fragment key={`${index}-${word}`}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ));
