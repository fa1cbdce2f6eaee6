// `mcp`: serves the tools to an agent on this machine over standard input and output. Calls the API with the key from the environment or
// from `login`. Writes nothing else to standard output.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Command } from 'commander';
import { type CallApi, createMcpServer, pathOf } from '@/lib/mcp/server';
import { parseJson } from '@/lib/platform/json';
import { MCP_CALL_MAX_MS } from '@/lib/platform/limits';
import { PROGRAM_NAME } from '../program';
import { requireLogin } from './client';
import { KEY_VARIABLE, type Login } from './login-file';

export const mcpCommand = (): Command =>
  new Command('mcp')
    .description(
      'Serve the API as tools to an agent on this machine, with the Model Context Protocol over standard input and output.',
    )
    .addHelpText(
      'after',
      `
To use the key from "${PROGRAM_NAME} login", put this in the agent's settings:
  { "mcpServers": { "email-verifier": { "command": "${PROGRAM_NAME}", "args": ["mcp"] } } }
To use another key, add "env": { "${KEY_VARIABLE}": "evk_live_…" } beside "args".`,
    )
    .action(() => createMcpServer(callHosted(requireLogin())).connect(new StdioServerTransport()));

const callHosted =
  ({ baseUrl, apiKey }: Login): CallApi =>
  async (asked) => {
    try {
      const response = await fetch(new URL(pathOf(asked), baseUrl), {
        method: asked.operation.method,
        headers: { Authorization: `Bearer ${apiKey}`, ...(asked.body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
        signal: AbortSignal.timeout(MCP_CALL_MAX_MS),
      });
      // What something between us and the API answered may be no JSON.
      return { status: response.status, body: parseJson(await response.text()) };
    } catch (error) {
      throw new Error(`The API at ${baseUrl} could not be reached, or did not answer in time.`, { cause: error });
    }
  };
