import { TOOLS } from '@/lib/mcp/tools';
import { code, list, recipe, table, text, type DocsPage } from './docs-page';

export const mcp: DocsPage = {
  path: '/docs/mcp',
  label: 'MCP for agents',
  title: 'MCP for agents',
  description:
    'Give an agent tools to verify addresses and lists: the MCP server at /mcp over HTTP with an API key, or the command line over standard input.',
  updated: '2026-11-29',
  lead: 'The Model Context Protocol lets an agent use the API as tools. Each tool is one call of the API, with its keys, scopes, limits and prices.',
  sections: [
    {
      id: 'http',
      heading: 'Connect over HTTP',
      blocks: [
        text(
          'The server speaks streamable HTTP at `/mcp`, without sessions. Most clients take a configuration such as this one:',
        ),
        recipe('mcp-http.json', 'Configuration of a client'),
        text(
          'Give an agent a key of its own: with the scopes it needs, and a monthly budget. See [Authentication](/docs/authentication#locks).',
        ),
      ],
    },
    {
      id: 'stdio',
      heading: 'Or on your machine',
      blocks: [
        text('The [command line](/docs/cli#mcp) serves the same tools on standard input and output, and calls the API for them.'),
        code(
          'sh',
          'The tools on standard input and output',
          'EMAIL_VERIFIER_API_KEY=evk_live_… EMAIL_VERIFIER_BASE_URL=https://verifier.example.com npm run -s cli -- mcp',
        ),
      ],
    },
    {
      id: 'tools',
      heading: 'Tools',
      blocks: [
        table(
          'Tools',
          ['Tool', 'What it does', 'Reads only'],
          TOOLS.map(({ name, description, isReadOnly }) => [`\`${name}\``, description, isReadOnly ? 'yes' : 'no']),
        ),
      ],
    },
    {
      id: 'refusals',
      heading: 'Refusals',
      blocks: [
        list(
          'What the API refuses is an answer of the tool, marked as an error, with the API’s own sentence, its [code](/docs/errors) and the request’s id.',
          'Without a key, or with one that does not exist, the request itself is 401.',
          'A list takes minutes. `verify_emails` answers at once, and the agent asks `get_list` until it is completed.',
        ),
      ],
    },
  ],
};
