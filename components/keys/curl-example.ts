/** A command that tries out a key. `key` may be a placeholder. */
export const curlExample = (appUrl: string, key: string, email: string): string =>
  [
    `curl ${appUrl}/v1/verify/single \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"email": "${email}"}'`,
  ].join('\n');
