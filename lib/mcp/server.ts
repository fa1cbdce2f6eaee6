// What an agent can do, as a table, and the server that offers it in terms of the Model Context Protocol. Each tool is one call of API v1,
// so keys, scopes, limits, prices and answers are the API's own, whether the tools are served at /mcp or by the command line. Answers are
// of bounded size: pages of a list are small unless asked otherwise. A refusal by the API is a tool result, marked as an error and with the
// API's own sentence, so that an agent can say what is wrong and do something about it.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Operation } from '@/lib/accounts/operation';
import { getCredits } from '@/lib/credits/api';
import { getList, listResults, startList, verifyBatch } from '@/lib/lists/operations';
import { FINAL_STATUSES, POLICY_NAMES } from '@/lib/verdict/verdict';
import {
  ADDRESS_INPUT_MAX_CHARS,
  API_TIMEOUT_MAX_MS,
  API_TIMEOUT_MIN_MS,
  BATCH_MAX_EMAILS,
  CURSOR_MAX_CHARS,
  MCP_TIMEOUT_MS,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
} from '@/lib/platform/limits';
import { getDomain, getVerification, verifySingle } from '@/lib/verifications/operations';

/** A call, in the form that its caller needs. */
export interface ApiRequest {
  operation: Operation;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

export interface ApiReply {
  status: number;
  /** Parsed JSON. */
  body: unknown;
}

export type CallApi = (request: ApiRequest) => Promise<ApiReply>;

export interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  /** The call costs nothing and changes nothing. */
  isReadOnly: boolean;
  /** Throws if the arguments do not fit the input. */
  toRequest: (given: unknown) => ApiRequest;
}

interface Definition<S extends z.ZodObject> extends Omit<Tool, 'input' | 'toRequest'> {
  input: S;
  toRequest: (given: z.infer<S>) => ApiRequest;
}

const tool = <S extends z.ZodObject>({ toRequest, ...rest }: Definition<S>): Tool => ({
  ...rest,
  toRequest: (given) => toRequest(rest.input.parse(given)),
});

const email = z.string().min(1).max(ADDRESS_INPUT_MAX_CHARS);
const policy = z
  .enum(POLICY_NAMES)
  .optional()
  .describe('What the address is for, which decides the recommendation. Defaults to the workspace’s policy.');
const listId = z.string().describe('lst_…, as returned by verify_emails.');

export const TOOLS: readonly Tool[] = [
  tool({
    name: 'verify_email',
    title: 'Verify an email address',
    description:
      'Tells whether a mailbox exists, without sending mail: status, reason, score, recommendation and the evidence. Costs at most one credit; unknown answers cost nothing. A pending answer has an id: call get_verification later.',
    input: z.strictObject({
      email: email.describe('The address as written.'),
      policy,
      timeout_ms: z
        .int()
        .min(API_TIMEOUT_MIN_MS)
        .max(API_TIMEOUT_MAX_MS)
        .default(MCP_TIMEOUT_MS)
        .describe('How long to wait for the verdict.'),
    }),
    isReadOnly: false,
    toRequest: (body) => ({ operation: verifySingle, body }),
  }),
  tool({
    name: 'get_verification',
    title: 'Get a verification',
    description: 'The verdict of an earlier check, or its progress. Costs nothing.',
    input: z.strictObject({ id: z.string().describe('ver_…, as returned by verify_email.') }),
    isReadOnly: true,
    toRequest: ({ id }) => ({ operation: getVerification, params: { id } }),
  }),
  tool({
    name: 'verify_emails',
    title: 'Verify many email addresses',
    description: `Creates a list of up to ${BATCH_MAX_EMAILS} addresses and runs it. Returns the list’s id at once: call get_list until its status is completed, then get_list_results. Costs at most one credit per address; duplicates and unknown answers cost nothing. With start false nothing is spent: the list gets a quote, and start_list runs it.`,
    input: z.strictObject({
      emails: z.array(email).min(1).max(BATCH_MAX_EMAILS),
      start: z.boolean().default(true),
      name: z.string().optional().describe('The name shown in the app.'),
      policy,
    }),
    isReadOnly: false,
    toRequest: (body) => ({ operation: verifyBatch, body }),
  }),
  tool({
    name: 'start_list',
    title: 'Start a list',
    description: 'Runs a list that is ready. The most it can cost is held first; the quote says how much.',
    input: z.strictObject({ list_id: listId }),
    isReadOnly: false,
    toRequest: ({ list_id: id }) => ({ operation: startList, params: { id }, body: {} }),
  }),
  tool({
    name: 'get_list',
    title: 'Get a list',
    description: 'The status of a list, its progress, its counts and what it cost. Costs nothing.',
    input: z.strictObject({ list_id: listId }),
    isReadOnly: true,
    toRequest: ({ list_id: id }) => ({ operation: getList, params: { id } }),
  }),
  tool({
    name: 'get_list_results',
    title: 'Get the results of a list',
    description: 'A page of a list’s rows with their verdicts; next_cursor leads to the next page. Costs nothing.',
    input: z.strictObject({
      list_id: listId,
      status: z.enum([...FINAL_STATUSES, 'pending']).optional(),
      cursor: z.string().max(CURSOR_MAX_CHARS).optional(),
      limit: z.int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
    }),
    isReadOnly: true,
    toRequest: ({ list_id: id, status, cursor, limit }) => ({
      operation: listResults,
      params: { id },
      query: { limit: String(limit), ...(status && { status }), ...(cursor !== undefined && { cursor }) },
    }),
  }),
  tool({
    name: 'get_domain',
    title: 'Look up a domain',
    description:
      'Whether a domain exists and takes mail, its mail hosts and provider, and whether it is disposable, free or catch-all. No mail host is asked. Costs nothing.',
    input: z.strictObject({ domain: z.string().min(1).max(ADDRESS_INPUT_MAX_CHARS) }),
    isReadOnly: true,
    toRequest: ({ domain }) => ({ operation: getDomain, params: { domain } }),
  }),
  tool({
    name: 'get_credits',
    title: 'Get the credits',
    description: 'How many credits are available, and how many are held by running work. Costs nothing.',
    input: z.strictObject({}),
    isReadOnly: true,
    toRequest: () => ({ operation: getCredits }),
  }),
];

/** `/v1/lists/lst_…/results?limit=25` */
export function pathOf({ operation, params = {}, query = {} }: ApiRequest): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

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
