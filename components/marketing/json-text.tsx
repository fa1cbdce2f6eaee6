import { Fragment } from 'react';

const TOKEN = /("(?:[^"\\]|\\.)*"(?=:))|("(?:[^"\\]|\\.)*")|\b(-?\d+(?:\.\d+)?|true|false|null)\b/g;

/** JSON as it is written, with its names, texts and values told apart. */
export function JsonText({ value }: { value: unknown }) {
  const json = JSON.stringify(value, null, 2);
  const tokens = [...json.matchAll(TOKEN)];
  return (
    <code>
      {tokens.map((token, index) => {
        const [text, name, string] = token;
        const before = tokens[index - 1];
        const gap = json.slice(before === undefined ? 0 : before.index + before[0].length, token.index);
        const tone = name !== undefined ? 'text-fg' : string !== undefined ? 'text-deliverable' : 'text-pending';
        return (
          <Fragment key={token.index}>
            <span className="text-muted">{gap}</span>
            <span className={tone}>{text}</span>
          </Fragment>
        );
      })}
      <span className="text-muted">{json.slice((tokens.at(-1)?.index ?? 0) + (tokens.at(-1)?.[0].length ?? 0))}</span>
    </code>
  );
}
