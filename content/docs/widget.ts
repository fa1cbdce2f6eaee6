import { list, recipe, table, text, type DocsPage } from './docs-page';

export const widget: DocsPage = {
  path: '/docs/widget',
  label: 'Form widget',
  title: 'Add the form widget',
  description:
    'One small script for your signup form. It checks the address when someone leaves the field, suggests corrections, and never holds up the form.',
  updated: '2026-11-29',
  lead: 'One script and one attribute. The widget checks the address when someone leaves the field, and lets the form through if no answer arrives in time. [Try it](/widget).',
  sections: [
    {
      id: 'add',
      heading: 'Add it to a form',
      blocks: [
        text(
          'Create a [public key](/docs/authentication#kinds) that allows your site’s origin. It is the only kind of key that belongs in a page.',
        ),
        recipe('widget.html', 'The widget in a page'),
      ],
    },
    {
      id: 'options',
      heading: 'Options',
      blocks: [
        text('On the script, an attribute applies to every field. On a field, it applies to that field only.'),
        table(
          'Attributes',
          ['Attribute', 'Meaning'],
          [
            ['`data-key`', 'The public key. Without it, nothing is checked.'],
            [
              '`data-timeout`',
              'How long to wait for an answer, in milliseconds: 500 to 30,000, 3,000 by default. After that, the address passes.',
            ],
            [
              '`data-block`',
              'Makes an address that should not be used a validation error of the field, like those of the browser. Without it, the address only gets a hint.',
            ],
            ['`data-policy`', '`signup`, `transactional`, `newsletter` or `cold`. Your workspace’s policy by default.'],
            ['`data-message`', 'The id of the element that shows the message. By default, the message appears below the field.'],
            [
              '`data-text-suggest`, `-undeliverable`, `-disposable`, `-refused`',
              'Your own texts. `{address}` is replaced with the suggested address.',
            ],
          ],
        ),
      ],
    },
    {
      id: 'script',
      heading: 'Use it from your own script',
      blocks: [
        list(
          '`EmailVerifier.attach(input, options)` does the same for one field, and returns a function that undoes it.',
          '`EmailVerifier.check(email)` checks an address.',
          'After a check, the field fires `email-verifier:result`. Its `detail` has the status, the reason, the recommendation and the suggested address.',
        ),
      ],
    },
    {
      id: 'promises',
      heading: 'What it guarantees',
      blocks: [
        list(
          '**Fails open.** If no answer arrives in time, the network is down or a limit is reached, the address passes. Check on your server as well before you rely on it.',
          '**Accessible.** Screen readers announce the message without moving the focus, and `aria-describedby` ties it to the field.',
          '**Leaves your page alone.** It adds no styles, does not check a field that fails the form’s own rules, and works under a strict content security policy.',
        ),
      ],
    },
  ],
};
