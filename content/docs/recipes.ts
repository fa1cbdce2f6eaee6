// Recipes for common tools. tests/api/recipes.test.ts runs each program against the API's own routes.
import { code, list, recipe, steps, text, type DocsPage } from './docs-page';

const UPDATED = '2026-11-29';

const googleSheets: DocsPage = {
  path: '/docs/google-sheets',
  label: 'Google Sheets',
  title: 'Verify addresses in Google Sheets',
  description:
    'A custom function for Google Sheets: =VERIFY_EMAIL(A2:A50) returns status, reason and recommendation. Copy one script, set two properties.',
  updated: UPDATED,
  lead: 'A custom function, `=VERIFY_EMAIL(A2:A50)`, that puts the status, reason and recommendation beside each address.',
  sections: [
    {
      id: 'install',
      heading: 'Install it',
      blocks: [
        steps(
          'In the sheet, open **Extensions**, then **Apps Script**, and paste the script below.',
          'Open **Project settings** and add two script properties: `EMAIL_VERIFIER_API_KEY`, a key with the [scope](/docs/authentication#scopes) `verify:write`, and `EMAIL_VERIFIER_BASE_URL`, the address of this site.',
          'Save. Everyone who can edit the script can read the key, so use a key for this sheet alone, with a monthly budget.',
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
          'The function fills three columns: status, reason, recommendation. An empty cell stays empty.',
          'Answers are kept for six hours, so recalculation costs nothing. Asking again within a day is also free, because the answer comes [from memory](/docs/verify#cost).',
          'Google stops a custom function after 30 seconds. Verify about fifty addresses at a time. For more, [upload the file](/docs/lists).',
          '`pending` and `unknown` addresses are checked again at the next recalculation.',
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
    'An n8n workflow to import: a signup comes in, its address is verified over HTTP, and signups that you should not mail are dropped.',
  updated: UPDATED,
  lead: 'A workflow of three nodes. A webhook receives a signup, its address is verified, and the last node separates the signups to welcome from those to drop.',
  sections: [
    {
      id: 'import',
      heading: 'Import it',
      blocks: [
        steps(
          'Copy the workflow and paste it onto an empty canvas in n8n.',
          'Create a **Header Auth** credential with the name `Authorization` and the value `Bearer evk_live_…`. Select it in the **Verify** node.',
          'Set the environment variable `EMAIL_VERIFIER_BASE_URL` to the address of this site, or enter the address in the node.',
        ),
        recipe('n8n.json', 'Workflow'),
      ],
    },
    {
      id: 'how',
      heading: 'How it decides',
      blocks: [
        list(
          'The workflow drops an address only if the recommendation is `do_not_send`. Unknown addresses continue, because unknown says nothing about the mailbox.',
          'The policy is `signup`. [Verify an address](/docs/verify#policy) lists the policies.',
          'If the call fails, the node tries again after two seconds, which suits 429 and 503.',
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
  lead: 'Two JavaScript steps: one verifies an address in the middle of a Zap, and the other receives our webhooks and checks their signature.',
  sections: [
    {
      id: 'verify',
      heading: 'Verify an address in a Zap',
      blocks: [
        text('Add **Code by Zapier**, **Run JavaScript**, and map the input data listed in the first line.'),
        recipe('zapier-verify.js', 'Code by Zapier'),
        text(
          'After it, add a **Filter** that lets through the recommendations you want: only `send`, or everything except `do_not_send`.',
        ),
      ],
    },
    {
      id: 'receive',
      heading: 'Start a Zap when a list is done',
      blocks: [
        steps(
          'Start the Zap with **Webhooks by Zapier**, **Catch Raw Hook**, and copy its address.',
          'Create a [webhook](/docs/webhooks) for that address with the event `list.completed`, and keep its secret.',
          'Add **Code by Zapier** with this step. It stops the Zap if the signature is not ours.',
        ),
        recipe('zapier-webhook.js', 'Code by Zapier, after a raw hook'),
        text(
          'It outputs the fields of the event: `list_id`, `status` and the counts. Use them to post to a chat or to start a download.',
        ),
      ],
    },
  ],
};

export const recipePages: readonly DocsPage[] = [googleSheets, n8n, zapier];
