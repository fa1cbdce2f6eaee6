import { list, recipe, table, text, type DocsPage } from './docs-page';

export const widget: DocsPage = {
  path: '/docs/widget',
  label: 'Form widget',
  title: 'Add the form widget',
  description:
    'One small script for your signup form: checks an address when the field is left, suggests corrections, and never holds the form up.',
  updated: '2026-11-29',
  lead: 'One script and one attribute. It checks an address when somebody leaves the field, and lets the form go when no answer comes in time. [Try it](/widget).',
  sections: [
    {
      id: 'add',
      heading: 'Add it to a form',
      blocks: [
        text(
          'Create a [public key](/docs/authentication#kinds) that allows your site’s origin. It is the only kind that may stand in a page.',
        ),
        recipe('widget.html', 'The widget in a page'),
      ],
    },
    {
      id: 'options',
      heading: 'Options',
      blocks: [
        text('On the script an attribute is for every field, on a field for that one.'),
        table(
          'Attributes',
          ['Attribute', 'Meaning'],
          [
            ['`data-key`', 'The public key. Without it nothing is checked.'],
            [
              '`data-timeout`',
              'How long an answer may take, in milliseconds: 500 to 30,000; 3,000 unless given. After that the address passes.',
            ],
            [
              '`data-block`',
              'An address that should not be used is an error of the field, as the browser’s own validation has it. Without it, it is a hint.',
            ],
            ['`data-policy`', '`signup`, `transactional`, `newsletter` or `cold`. Your workspace’s own unless given.'],
            ['`data-message`', 'The id of the element that says what was found. Below the field unless given.'],
            [
              '`data-text-suggest`, `-undeliverable`, `-disposable`, `-refused`',
              'Your own words. `{address}` stands for what was probably meant.',
            ],
          ],
        ),
      ],
    },
    {
      id: 'script',
      heading: 'In your own script',
      blocks: [
        list(
          '`EmailVerifier.attach(input, options)` does the same for one field, and returns what undoes it.',
          '`EmailVerifier.check(email)` asks about an address.',
          'A field that was checked fires `email-verifier:result`, whose `detail` has the status, the reason, the recommendation and what was probably meant.',
        ),
      ],
    },
    {
      id: 'promises',
      heading: 'What it promises',
      blocks: [
        list(
          '**Fails open.** No answer in time, a network that is down, a limit that is reached: the address passes. Check on your server as well before you rely on it.',
          '**Accessible.** What is found is read aloud without moving the focus, and belongs to the field by `aria-describedby`.',
          '**Leaves your page alone.** It writes no styles, asks nothing about a field that fails the form’s own rules, and works under a strict content security policy.',
        ),
      ],
    },
  ],
};
