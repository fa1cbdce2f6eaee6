import Link from 'next/link';
import { Prose } from '@/components/marketing/prose';
import { CodeBlock } from '@/components/ui/code-block';
import { WidgetDemo } from '@/components/widget/widget-demo';
import { metadataOf } from '@/content/page';
import { WIDGET } from '@/content/tools';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(WIDGET);

const SCRIPT = '/widget/v1.js';

export default function WidgetPage() {
  const { APP_URL: origin } = env();
  const snippet = `<script src="${origin}${SCRIPT}" data-key="evk_pub_…" defer></script>

<form>
  <label for="email">Email</label>
  <input id="email" type="email" name="email" required data-email-verifier>
  <button>Sign up</button>
</form>`;
  return (
    <div className="mx-auto max-w-5xl px-4 py-12 sm:px-6">
      <h1 className="text-display font-semibold tracking-tight">Form widget</h1>
      <p className="mt-2 max-w-2xl text-lead text-muted">
        A script of less than 6 kB that checks an address when somebody leaves the field, offers what they probably meant at one
        click, and lets the form go when no answer comes in time.
      </p>
      <h2 className="mt-10 mb-3 text-section font-semibold">Put it into your page</h2>
      <CodeBlock code={snippet} label="The widget in a page" />
      <h2 className="mt-10 mb-3 text-section font-semibold">Try it</h2>
      <WidgetDemo script={SCRIPT} />
      <Prose>
        <h2>What it takes</h2>
        <p>
          You need a public key (<code>evk_pub_…</code>) that allows your site’s origin: make one on the{' '}
          <Link href="/keys">API keys page</Link>. Attributes of the script apply to every field, those of a field to that field:
        </p>
        <ul>
          <li>
            <code>data-timeout</code>: how long an answer may take, in milliseconds (500 to 30,000; 3,000 unless given). After
            that the address passes.
          </li>
          <li>
            <code>data-block</code>: an address that should not be used is an error of the field, as the browser’s own validation
            has it. Without it, it is a hint.
          </li>
          <li>
            <code>data-policy</code>: <code>signup</code>, <code>transactional</code>, <code>newsletter</code> or{' '}
            <code>cold</code>; your workspace’s own unless given.
          </li>
          <li>
            <code>data-message</code>: the id of the element that says what was found; below the field unless given.
          </li>
          <li>
            <code>data-text-suggest</code>, <code>data-text-undeliverable</code>, <code>data-text-disposable</code>,{' '}
            <code>data-text-refused</code>: your own words, in your own language; <code>{'{address}'}</code> stands for what was
            meant.
          </li>
        </ul>
        <h2>In your own script</h2>
        <p>
          <code>EmailVerifier.attach(input, options)</code> does the same for one field and returns what undoes it;{' '}
          <code>EmailVerifier.check(email)</code> asks about an address. A field that was checked fires{' '}
          <code>email-verifier:result</code>, whose <code>detail</code> has the status, the reason, the recommendation, what was
          meant, and why nothing is known where the check failed open.
        </p>
        <h2>What it leaves alone</h2>
        <p>
          A field that fails the form’s own rules is not asked about, and an error that your page has set is not replaced. What is
          found is read aloud by screen readers without moving the focus. It sets no styles: <code>.email-verifier</code> and{' '}
          <code>.email-verifier-suggestion</code> are yours.
        </p>
      </Prose>
    </div>
  );
}
