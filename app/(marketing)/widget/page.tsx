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
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">Form widget</h1>
      <p className="mt-4 max-w-2xl text-lead text-muted sm:text-intro">
        One script under 6 kB. It checks an address when someone leaves the field, offers a one-click fix for typos, and never
        holds up the form.
      </p>
      <h2 className="mt-10 mb-3 text-section font-semibold">Add it to your page</h2>
      <CodeBlock code={snippet} label="The widget in a page" />
      <h2 className="mt-10 mb-3 text-section font-semibold">Try it</h2>
      <WidgetDemo script={SCRIPT} />
      <Prose>
        <h2>Options</h2>
        <p>
          You need a public key (<code>evk_pub_…</code>) that allows your site’s origin; create one on the{' '}
          <Link href="/keys">API keys page</Link>. Set attributes on the script for every field, or on one field:
        </p>
        <ul>
          <li>
            <code>data-timeout</code>: how long to wait for an answer, in milliseconds (500 to 30,000; default 3,000). After that
            the address passes.
          </li>
          <li>
            <code>data-block</code>: a bad address makes the field invalid, like the browser’s own validation. Without it, people
            only see a hint.
          </li>
          <li>
            <code>data-policy</code>: <code>signup</code>, <code>transactional</code>, <code>newsletter</code> or{' '}
            <code>cold</code>; by default your workspace’s own.
          </li>
          <li>
            <code>data-message</code>: the id of the element that shows the result; by default a line below the field.
          </li>
          <li>
            <code>data-text-suggest</code>, <code>data-text-undeliverable</code>, <code>data-text-disposable</code>,{' '}
            <code>data-text-refused</code>: your own wording, in any language; <code>{'{address}'}</code> stands for the
            suggestion.
          </li>
        </ul>
        <h2>Use it from a script</h2>
        <p>
          <code>EmailVerifier.attach(input, options)</code> does the same for one field and returns a function that undoes it;{' '}
          <code>EmailVerifier.check(email)</code> checks an address. A checked field fires <code>email-verifier:result</code>,
          whose <code>detail</code> has the status, the reason, the recommendation, the suggestion, and, if the check failed open,
          why.
        </p>
        <h2>What it leaves to you</h2>
        <p>
          It skips fields that fail your form’s own rules and never replaces an error that your page set. Screen readers announce
          the result without moving the focus. It sets no styles: <code>.email-verifier</code> and{' '}
          <code>.email-verifier-suggestion</code> are yours.
        </p>
      </Prose>
    </div>
  );
}
