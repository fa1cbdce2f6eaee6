// `cli mcp`: the tools for an agent on this machine, on standard input and output, through the hosted API with a key.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Command, Option } from 'commander';
import { createMcpServer } from '../lib/mcp/server';
import { type CallApi, pathOf } from '../lib/mcp/tools';
import { MCP_CALL_MAX_MS } from '../lib/platform/limits';

interface Hosted {
  baseUrl: string;
  key: string;
}

export const mcpCommand = (): Command =>
  new Command('mcp')
    .description('serves the tools to an agent on standard input and output (MCP), through the API')
    .addOption(new Option('--base-url <url>', 'where the API is').env('EMAIL_VERIFIER_BASE_URL').default('http://localhost:3000'))
    .addOption(new Option('--key <key>', 'an API key').env('EMAIL_VERIFIER_API_KEY').makeOptionMandatory())
    .action(async (hosted: Hosted) => createMcpServer(callHosted(hosted)).connect(new StdioServerTransport()));

const callHosted =
  ({ baseUrl, key }: Hosted): CallApi =>
  async (asked) => {
    const response = await fetch(new URL(pathOf(asked), baseUrl), {
      method: asked.operation.method,
      headers: { Authorization: `Bearer ${key}`, ...(asked.body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
      signal: AbortSignal.timeout(MCP_CALL_MAX_MS),
    });
    return { status: response.status, body: await response.json() };
  };
