import { code, list, table, text, type DocsPage } from './docs-page';

export const selfHosting: DocsPage = {
  path: '/docs/self-hosting',
  label: 'Self-hosting',
  title: 'Run it yourself',
  description:
    'Run Email Verifier on your own machines: the parts, one machine with Compose, port 25, sending addresses, the resolver, and settings.',
  updated: '2026-11-29',
  lead: 'You can run the whole product on your own machines: web, workers and PostgreSQL, on one machine or several.',
  sections: [
    {
      id: 'look',
      heading: 'Try it first',
      blocks: [
        text(
          'In a checkout, `npm start` runs the product with a database, a stand-in for Stripe and a sandbox of mail hosts. It sends nothing out and needs no settings.',
        ),
      ],
    },
    {
      id: 'parts',
      heading: 'The parts',
      blocks: [
        table(
          'Parts',
          ['Part', 'Command', 'Needs'],
          [
            ['build', '`npm run build`', 'Node 22 or 24; no database, no settings'],
            ['migrate', '`npm run migrate`', '`DATABASE_URL`'],
            ['web (any number)', '`npm run start:web`', 'listens on `PORT`, behind a proxy with a certificate'],
            ['worker (any number)', '`npm run start:worker`', 'port 25 out, a resolver, sending addresses'],
          ],
        ),
      ],
    },
    {
      id: 'compose',
      heading: 'One machine, with Compose',
      blocks: [
        code(
          'sh',
          'Compose',
          'cp deploy/example.env deploy/production.env    # fill it in; chmod 600\ndocker compose -f deploy/compose.yaml --env-file deploy/production.env up -d --build\ndocker compose -f deploy/compose.yaml --env-file deploy/production.env \\\n  exec worker node dist/cli.js preflight',
        ),
      ],
    },
    {
      id: 'addresses',
      heading: 'Sending addresses',
      blocks: [
        list(
          '**Port 25.** Most clouds and all home connections block it. Before anything else, ask your provider to open it.',
          '**Reverse DNS.** Each address has a PTR record, and the name in it resolves back to the address.',
          '**HELO.** The worker uses that same name.',
          '**SPF.** The sender’s domain and the HELO name each have a record that names the address. No mail is ever sent, but mail hosts look the record up.',
          '**Postmaster.** Mail to `postmaster@` and `abuse@` at both names reaches you.',
        ),
        code(
          'json',
          'SENDING_IDENTITIES',
          '[\n  {\n    "address": "203.0.113.7",\n    "helo": "mx1.your-domain.com",\n    "mail_from": "check@your-domain.com"\n  }\n]',
        ),
      ],
    },
    {
      id: 'resolver',
      heading: 'Resolver',
      blocks: [
        text(
          'Run your own resolver beside the workers, and name it in `DNS_SERVERS`. Public resolvers limit how much you can ask, and some lie about names that do not exist.',
        ),
      ],
    },
    {
      id: 'settings',
      heading: 'Settings',
      blocks: [
        text(
          'With `APP_MODE=production`, every part except `migrate` refuses to start until the settings it needs are present, and names each one that is missing. `deploy/example.env` lists and explains the settings that production needs.',
        ),
        table(
          'Settings',
          ['Setting', 'Meaning'],
          [
            [
              '`DATABASE_URL`',
              'PostgreSQL 16 or newer, connected directly. The product needs sessions, so PgBouncer in transaction mode does not work.',
            ],
            ['`APP_URL`', 'The address of the site, with `https://`.'],
            ['`AUTH_SECRET`', 'Protects sessions and the links in mails. Use the same value for every web and worker process.'],
            ['`TRUSTED_PROXY_HOPS`', 'How many proxies in front append to `X-Forwarded-For`: 1 for Caddy or nginx.'],
            ['`DNS_SERVERS`', 'Up to three resolvers, as `host:port`.'],
            ['`SENDING_IDENTITIES`', 'The addresses that checks connect from: JSON, or a file that holds it.'],
            ['`MAIL_URL`', '`smtp://…` for mail to your users. Do not send it from the addresses that verify.'],
            ['`STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET`', 'Payments.'],
            ['`OPERATOR_EMAILS`', 'Accounts that can see the operator pages.'],
          ],
        ),
      ],
    },
    {
      id: 'first-account',
      heading: 'The first account',
      blocks: [
        code('sh', 'Create an account', "node dist/cli.js user create --email you@your-domain.com --password '…'"),
        text(
          'It prints an API key. To see workers, the queue and sending addresses at `/operator`, add the account’s address to `OPERATOR_EMAILS`.',
        ),
      ],
    },
    {
      id: 'health',
      heading: 'Health',
      blocks: [
        list(
          '`/healthz` answers as long as the web process is alive.',
          '`/readyz` is 200 if the database, the queue and a worker are available. Otherwise it is 503 and says what is missing.',
          'If a worker stops, its missing heartbeat is noticed within 30 seconds, and its jobs go to other workers.',
        ),
      ],
    },
    {
      id: 'backups',
      heading: 'Backups and upgrades',
      blocks: [
        code(
          'sh',
          'Dump and restore',
          'pg_dump --format=custom --file=email-verifier.dump "$DATABASE_URL"\npg_restore --no-owner --dbname="$NEW_DATABASE_URL" email-verifier.dump',
        ),
        list(
          'Everything you have to keep is in PostgreSQL, including the queue, and in your settings.',
          'Migrations only go forward. Dump the database, stop the old version, run `npm run migrate`, and start the new version. Lists pause where they are, and nothing is lost.',
          'Build once and copy the result to every machine.',
        ),
      ],
    },
  ],
};
