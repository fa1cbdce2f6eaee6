import { TOOLS } from '@/lib/mcp/server';
import { code, list, recipe, table, text, type DocsPage } from './docs-page';

export const mcp: DocsPage = {
  path: '/docs/mcp',
  label: 'MCP for agents',
  title: 'MCP for agents',
  description:
    'Give an agent tools to verify addresses and lists: the MCP server at /mcp over HTTP with an API key, or the command line over standard input.',
  updated: '2026-11-29',
  lead: 'The Model Context Protocol lets an agent use the API as tools. Each tool is one API call, with the same keys, scopes, limits and prices.',
  sections: [
    {
      id: 'http',
      heading: 'Connect over HTTP',
      blocks: [
        text('The server speaks streamable HTTP at `/mcp`, without sessions. Most clients accept a configuration like this one:'),
        recipe('mcp-http.json', 'Client configuration'),
        text(
          'Give each agent its own key, with only the scopes it needs and a monthly budget. See [Authentication](/docs/authentication#locks).',
        ),
      ],
    },
    {
      id: 'stdio',
      heading: 'Run it on your machine',
      blocks: [
        text(
          'The [command line](/docs/cli#mcp) serves the same tools over standard input and output, and calls the API for them.',
        ),
        code(
          'sh',
          'The tools over standard input and output',
          'export EMAIL_VERIFIER_API_KEY=evk_live_…\nexport EMAIL_VERIFIER_BASE_URL=https://verifier.example.com\nnpm run -s cli -- mcp',
        ),
      ],
    },
    {
      id: 'tools',
      heading: 'Tools',
      blocks: [
        table(
          'Tools',
          ['Tool', 'What it does', 'Read-only'],
          TOOLS.map(({ name, description, isReadOnly }) => [`\`${name}\``, description, isReadOnly ? 'yes' : 'no']),
        ),
      ],
    },
    {
      id: 'refusals',
      heading: 'Errors',
      blocks: [
        list(
          'If the API refuses a call, the tool returns an error with the API’s own sentence, its [code](/docs/errors) and the request id.',
          'A request without a key, or with one that does not exist, gets 401.',
          'A list takes minutes. `verify_emails` answers at once, and the agent polls `get_list` until the list completes.',
        ),
      ],
    },
  ],
};
