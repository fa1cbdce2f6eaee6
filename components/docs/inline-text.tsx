import Link from 'next/link';
import { type Inline, parseInline } from '@/content/docs/inline';

/** A documentation text with its code, strong words and links. */
export function InlineText({ text }: { text: string }) {
  return <InlineParts parts={parseInline(text)} />;
}

function InlineParts({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, index) => <InlinePart key={`${index}-${part.kind}`} part={part} />);
}

function InlinePart({ part }: { part: Inline }) {
  if (part.kind === 'code') return <code>{part.text}</code>;
  if (part.kind === 'strong') return <strong>{part.text}</strong>;
  if (part.kind === 'plain') return part.text;
  const words = <InlineParts parts={part.parts} />;
  return part.href.startsWith('/') && !part.href.startsWith('/v1/') ? (
    <Link href={part.href}>{words}</Link>
  ) : (
    <a href={part.href}>{words}</a>
  );
}
