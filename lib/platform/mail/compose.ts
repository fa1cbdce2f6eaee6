// Composes one outgoing mail from plain sentences, as text and as HTML. Everything is escaped here. The HTML refers to nothing external
// (no image, font or tracker), and every link is written out in both forms. Links come only from the setting APP_URL, never from what a
// request says about itself.
import { env } from '../env';
import { plural } from '../numbers';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface MailContent {
  subject: string;
  paragraphs: readonly string[];
  button?: { label: string; url: string };
  /** Below the button. */
  after?: readonly string[];
}

const STYLES = {
  body: 'margin:0;padding:24px;background:#ffffff;color:#18181b;font:16px/24px system-ui,-apple-system,"Segoe UI",sans-serif',
  box: 'max-width:520px;margin:0 auto',
  name: 'margin:0 0 24px;padding:0 0 16px;border-bottom:1px solid #e4e4e7;font-weight:600',
  paragraph: 'margin:0 0 16px;word-break:break-word',
  button:
    'display:inline-block;padding:10px 18px;border-radius:6px;background:#4338ca;color:#ffffff;font-weight:600;text-decoration:none',
  small: 'margin:0 0 16px;color:#52525b;font-size:14px;line-height:20px;word-break:break-word',
  foot: 'margin:32px 0 0;padding:16px 0 0;border-top:1px solid #e4e4e7;color:#52525b;font-size:14px;line-height:20px;word-break:break-word',
} as const;

/** For mail programs that are in dark mode and support it. Others invert the colors themselves or leave them. */
const DARK = [
  'body{background:#0b0b0d!important;color:#f4f4f5!important}',
  '.quiet{color:#a9a9b4!important}',
  '.line{border-color:#27272d!important}',
  '.button{background:#a5b4fc!important;color:#111114!important}',
].join('');

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function composeMail(to: string, { subject, paragraphs, button, after = [] }: MailContent): Mail {
  const site = env().APP_URL;
  const text = [
    ...paragraphs,
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    ...after,
    `--\nEmail Verifier\n${site}`,
  ].join('\n\n');
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>@media (prefers-color-scheme:dark){${DARK}}</style></head>`,
    `<body style='${STYLES.body}'><div style="${STYLES.box}"><p class="line" style="${STYLES.name}">Email Verifier</p>`,
    ...paragraphs.map(paragraph),
    ...(button ? [buttonHtml(button)] : []),
    ...after.map(paragraph),
    `<p class="line quiet" style="${STYLES.foot}">Email Verifier · ${escapeHtml(site)}</p></div></body></html>`,
  ].join('\n');
  return { to, subject, text: `${text}\n`, html };
}

/** A link to one of our pages. */
export function siteLink(path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(path, `${env().APP_URL}/`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.toString();
}

/** A date in a mail: "December 5, 2026". In UTC, since the reader's time zone is unknown. */
export const mailDay = (iso: string): string => DAY.format(new Date(iso));

export const mailCredits = (count: number): string => plural(count, 'credit');

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const paragraph = (text: string): string => `<p style="${STYLES.paragraph}">${escapeHtml(text)}</p>`;

const buttonHtml = ({ label, url }: { label: string; url: string }): string =>
  `<p style="${STYLES.paragraph}"><a class="button" href="${escapeHtml(url)}" style="${STYLES.button}">${escapeHtml(label)}</a></p>
<p class="quiet" style="${STYLES.small}">Or open this link: ${escapeHtml(url)}</p>`;
