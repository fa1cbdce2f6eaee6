// Runs a script of a Google Sheet outside of it: `node apps-script.mjs FILE FUNCTION ARGUMENTS`, with settings from the environment.
// Google's objects are replaced by local ones; HTTP calls are real. Prints the result and the number of calls as JSON. It runs in a
// separate process because Apps Script blocks on each call, while the server that answers runs in the test's process.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

const [file = '', name = '', args = '[]'] = process.argv.slice(2);
const FETCH = `
  const { url, ...how } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  fetch(url, how).then(async (response) => console.log(JSON.stringify({ status: response.status, text: await response.text() })));
`;
const cache = new Map();
let calls = 0;

function fetchOne({ url, method, contentType, headers, payload, muteHttpExceptions }) {
  calls++;
  const input = JSON.stringify({
    url,
    method: method.toUpperCase(),
    headers: { ...headers, 'Content-Type': contentType },
    body: payload,
  });
  const done = spawnSync(process.execPath, ['-e', FETCH], { input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  const { status, text } = JSON.parse(done.stdout);
  if (status >= 400 && muteHttpExceptions !== true) throw new Error(`Request failed: ${status}`);
  return { getResponseCode: () => status, getContentText: () => text };
}

const context = createContext({
  UrlFetchApp: { fetchAll: (requests) => requests.map(fetchOne) },
  PropertiesService: { getScriptProperties: () => ({ getProperty: (word) => process.env[word] ?? null }) },
  CacheService: {
    getScriptCache: () => ({
      getAll: (keys) => Object.fromEntries(keys.filter((key) => cache.has(key)).map((key) => [key, cache.get(key)])),
      put: (key, value) => cache.set(key, value),
    }),
  },
});
runInContext(readFileSync(file, 'utf8'), context);
const run = () => ({ value: context[name](...JSON.parse(args)), calls });
console.log(JSON.stringify([run(), run()]));
