// Recipes for tools that people have at hand. Each program is run by tests/api/recipes.test.ts against the API's own routes.
import { code, list, recipe, steps, text, type DocsPage } from './docs-page';

const UPDATED = '2026-11-29';

const googleSheets: DocsPage = {
  path: '/docs/google-sheets',
  label: 'Google Sheets',
  title: 'Verify addresses in Google Sheets',
  description:
    'A custom function for Google Sheets: =VERIFY_EMAIL(A2:A50) gives status, reason and recommendation. Copy one script, set two properties.',
  updated: UPDATED,
  lead: 'A custom function, `=VERIFY_EMAIL(A2:A50)`, that puts status, reason and recommendation beside each address.',
  sections: [
    {
      id: 'install',
      heading: 'Install it',
      blocks: [
        steps(
          'In the sheet, open **Extensions**, then **Apps Script**, and paste the script below.',
          'Open **Project settings**, and add two script properties: `EMAIL_VERIFIER_API_KEY`, a key with the [scope](/docs/authentication#scopes) `verify:write`, and `EMAIL_VERIFIER_BASE_URL`, the address of this site.',
          'Save. Everybody who may edit the script can read the key: use one for this sheet alone, with a monthly budget.',
        ),
        recipe('google-sheets.js', 'Apps Script'),
      ],
    },
    {
      id: 'use',
      heading: 'Use it',
      blocks: [
        code('text', 'In a cell', '=VERIFY_EMAIL(A2:A50)'),
        list(
          'Three columns are filled: status, reason, recommendation. An empty cell stays empty.',
          'Answers are kept for six hours, so that recalculation costs nothing. Asking again within a day is free as well, because it is [answered from memory](/docs/verify#cost).',
          'Google ends a custom function after 30 seconds. Take some fifty addresses at a time; for more, [upload the file](/docs/lists).',
          '`pending` and `unknown` are asked again at the next recalculation.',
        ),
      ],
    },
  ],
};

const n8n: DocsPage = {
  path: '/docs/n8n',
  label: 'n8n',
  title: 'Verify addresses in n8n',
  description:
    'An n8n workflow to import: a signup comes in, the address is verified over HTTP, and only addresses that can receive mail go on.',
  updated: UPDATED,
  lead: 'A workflow of three nodes: a signup comes in by webhook, its address is verified, and the last node parts those to welcome from those to drop.',
  sections: [
    {
      id: 'import',
      heading: 'Import it',
      blocks: [
        steps(
          'Copy the workflow, and paste it onto an empty canvas in n8n.',
          'Create a credential of the type **Header Auth**: the name is `Authorization`, the value `Bearer evk_live_…`. Choose it in the node **Verify**.',
          'Set the environment variable `EMAIL_VERIFIER_BASE_URL` to the address of this site, or write the address into the node.',
        ),
        recipe('n8n.json', 'Workflow'),
      ],
    },
    {
      id: 'how',
      heading: 'How it decides',
      blocks: [
        list(
          'It drops an address only where the recommendation is `do_not_send`. What is unknown goes on: it says nothing about the mailbox.',
          'The policy is `signup`. [Verify an address](/docs/verify#policy) has the table of policies.',
          'The node tries again after two seconds where the call fails, which suits 429 and 503.',
        ),
      ],
    },
  ],
};

const zapier: DocsPage = {
  path: '/docs/zapier',
  label: 'Zapier and webhooks',
  title: 'Verify addresses in Zapier',
  description:
    'Two code steps for Zapier, or any tool that runs JavaScript: verify an address in a Zap, and receive signed webhooks when a list is done.',
  updated: UPDATED,
  lead: 'Two steps of JavaScript: one verifies an address in the middle of a Zap, the other receives our webhooks and checks their signature.',
  sections: [
    {
      id: 'verify',
      heading: 'Verify an address in a Zap',
      blocks: [
        text('Add **Code by Zapier**, **Run JavaScript**, and map the input data that the first line names.'),
        recipe('zapier-verify.js', 'Code by Zapier'),
        text(
          'Behind it, a **Filter** lets on what has the recommendation that you want: `send` alone, or everything but `do_not_send`.',
        ),
      ],
    },
    {
      id: 'receive',
      heading: 'Start a Zap when a list is done',
      blocks: [
        steps(
          'Begin the Zap with **Webhooks by Zapier**, **Catch Raw Hook**, and copy its address.',
          'Create a [webhook](/docs/webhooks) for that address with the event `list.completed`, and keep its secret.',
          'Add **Code by Zapier** with this step. It ends the Zap where the signature is not ours.',
        ),
        recipe('zapier-webhook.js', 'Code by Zapier, behind a raw hook'),
        text(
          'It puts out the fields of the event: `list_id`, `status` and the counts, to send to a chat or to start a download.',
        ),
      ],
    },
  ],
};

export const recipePages: readonly DocsPage[] = [googleSheets, n8n, zapier];
