// The tools in terms of the Model Context Protocol, independent of how the calls are made. A refusal by the API is a tool result, marked
// as an error and with the API's own sentence, so that an agent can say what is wrong and do something about it.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { type ApiReply, type CallApi, type Tool, TOOLS } from './tools';

const ABOUT = { name: 'email-verifier', title: 'Email Verifier', version: '1.0.0' };
const INSTRUCTIONS =
  'Verifies email addresses without sending mail. “unknown” means that nobody can tell right now, not that the mailbox is missing. Verifying spends credits of the key’s workspace: see get_credits before a long list.';

export function createMcpServer(call: CallApi): McpServer {
  const server = new McpServer(ABOUT, { instructions: INSTRUCTIONS });
  for (const tool of TOOLS) {
    const { name, title, description, input, isReadOnly } = tool;
    const annotations = { title, readOnlyHint: isReadOnly, destructiveHint: false, openWorldHint: true };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (given) => runTool(tool, given, call));
  }
  return server;
}

async function runTool(tool: Tool, given: unknown, call: CallApi) {
  const { status, body } = await call(tool.toRequest(given));
  const isError = status >= 400;
  const text = isError ? refusalOf({ status, body }) : JSON.stringify(body);
  return { content: [{ type: 'text' as const, text }], ...(isError && { isError }) };
}

const Refusal = z.object({ code: z.string(), detail: z.string(), request_id: z.string() });

function refusalOf({ status, body }: ApiReply): string {
  const problem = Refusal.safeParse(body);
  if (!problem.success) return `The API answered ${status}.`;
  const { code, detail, request_id: requestId } = problem.data;
  return `${detail} (${status} ${code}, request ${requestId})`;
}
