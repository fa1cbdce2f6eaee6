// The commands of the package: they need only this machine and, for those under `hosted/`, the API. Each is one file.
import type { Commands } from './program';

export const COMMANDS: Commands = {
  verify: {
    summary: 'verify addresses, with the engine on this machine or with the API',
    load: async () => (await import('./verify')).verifyCommand(),
  },
  login: {
    summary: 'store an API key for the commands that need one',
    load: async () => (await import('./hosted/login')).loginCommand(),
  },
  logout: {
    summary: 'delete the stored API key',
    load: async () => (await import('./hosted/login')).logoutCommand(),
  },
  list: {
    summary: 'upload, start, watch and download lists',
    load: async () => (await import('./hosted/list')).listCommand(),
  },
  credits: {
    summary: 'show how many credits you have',
    load: async () => (await import('./hosted/credits')).creditsCommand(),
  },
  keys: {
    summary: 'create, rotate and revoke API keys',
    load: async () => (await import('./hosted/keys')).keysCommand(),
  },
  mcp: {
    summary: 'serve the API as tools to an agent on this machine (MCP)',
    load: async () => (await import('./hosted/mcp')).mcpCommand(),
  },
  classify: {
    summary: 'explain what SMTP replies mean',
    load: async () => (await import('./classify')).classifyCommand(),
  },
  preflight: {
    summary: 'check whether this machine can verify',
    load: async () => (await import('./preflight')).preflightCommand(),
  },
};
