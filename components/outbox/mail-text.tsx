import { TEXT_LINK } from '@/components/auth/auth-card';

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** A mail's text with its links to click. */
export function MailText({ text }: { text: string }) {
  return (
    <pre className="rounded-card border border-hairline bg-raised p-4 font-sans text-body break-words whitespace-pre-wrap">
      {text.split(LINK).map((part, index) =>
        LINK.test(part) ? (
          <a key={index} href={part} className={`${TEXT_LINK} break-all`}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
