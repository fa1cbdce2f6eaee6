// The frame of each page. It says what this is so that nobody can overlook it.
import { html, Html } from './html';

const STYLE = new Html(`
:root { color-scheme: light dark; --bg: #ffffff; --raised: #fafafa; --fg: #18181b; --muted: #52525b; --line: #e4e4e7; --control: #8c8c96;
  --accent: #4338ca; --on-accent: #ffffff; --ring: #4f46e5; --warn: #7c2d12; --warn-tint: #ffedd5; --bad: #991b1b; --bad-tint: #fee2e2;
  --good: #14532d; --good-tint: #dcfce7; }
@media (prefers-color-scheme: dark) { :root { --bg: #0b0b0d; --raised: #141417; --fg: #f4f4f5; --muted: #a9a9b4; --line: #27272d;
  --control: #6a6a76; --accent: #a5b4fc; --on-accent: #111114; --ring: #818cf8; --warn: #fdba74; --warn-tint: #33190a; --bad: #fca5a5;
  --bad-tint: #331315; --good: #86efac; --good-tint: #0f2a1a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/20px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.banner { background: var(--warn-tint); color: var(--warn); padding: 8px 16px; text-align: center; font-weight: 600; }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px 64px; }
main.narrow { max-width: 480px; }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; margin: 0 0 16px; }
h2 { font-size: 16px; line-height: 24px; font-weight: 600; margin: 32px 0 12px; }
p { margin: 0 0 12px; } .muted { color: var(--muted); } .small { font-size: 12px; line-height: 16px; }
.columns { display: grid; gap: 48px; } @media (min-width: 760px) { .columns { grid-template-columns: 1fr 1fr; } }
label { display: block; font-weight: 500; margin: 16px 0 4px; }
input:not([type=radio]), select { width: 100%; height: 36px; padding: 0 12px; border: 1px solid var(--control); border-radius: 6px; background: var(--bg); color: var(--fg);
  font: inherit; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 36px; padding: 0 16px; border-radius: 6px;
  border: 1px solid var(--control); background: var(--bg); color: var(--fg); font: inherit; font-weight: 500; cursor: pointer; text-decoration: none; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.wide { width: 100%; margin-top: 24px; min-height: 44px; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.row { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-bottom: 1px solid var(--line); }
.row.total { font-weight: 600; border-bottom: 0; } .inline { display: flex; gap: 8px; align-items: flex-end; flex-wrap: wrap; } .inline > div { flex: 1; }
.note { border-radius: 8px; padding: 12px 16px; margin: 0 0 16px; } .bad { background: var(--bad-tint); color: var(--bad); }
.good { background: var(--good-tint); color: var(--good); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 500; color: var(--muted); }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: middle; white-space: nowrap; }
code { font: 13px/20px ui-monospace, monospace; } a { color: var(--accent); } fieldset { border: 0; padding: 0; margin: 16px 0 0; }
fieldset label { display: flex; gap: 8px; font-weight: 400; margin: 4px 0; align-items: center; } legend { font-weight: 500; padding: 0; }
.cards button { min-height: 28px; padding: 0 8px; font: 13px/20px ui-monospace, monospace; } .cards td { padding: 4px 12px 4px 0; white-space: normal; }
.cards button { white-space: nowrap; } .cards td:first-child { width: 1%; } .small + button { margin-top: 16px; } section > p { margin: 16px 0 0; } input + .small { margin: 4px 0 0; }
`);

export interface Page {
  title: string;
  body: Html;
  isNarrow?: boolean;
}

export const layout = ({ title, body, isNarrow = false }: Page): Html =>
  html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title} · Stripe stand-in</title>
      <link rel="icon" href="data:," />
      <style>
        ${STYLE}
      </style>
    </head>
    <body>
      <header class="banner">Stripe stand-in · test equipment, no real money</header>
      <main${isNarrow ? new Html(' class="narrow"') : ''}>${body}</main>
    </body>
  </html>`;
