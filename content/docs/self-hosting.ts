import { code, list, table, text, type DocsPage } from './docs-page';

export const selfHosting: DocsPage = {
  path: '/docs/self-hosting',
  label: 'Self-hosting',
  title: 'Run it yourself',
  description:
    'Run Email Verifier on your own machines: the parts, one machine with Compose, what port 25 and your sending addresses need, the resolver.',
  updated: '2026-11-29',
  lead: 'The whole product can be run on your own machines: web, workers and PostgreSQL, on one machine or on several.',
  sections: [
    {
      id: 'look',
      heading: 'Look at it first',
      blocks: [
        text(
          '`npm start` in a checkout brings a database, a stand-in for Stripe and a sandbox of mail hosts. It sends nothing out and needs no settings.',
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
            ['web, any number', '`npm run start:web`', 'listens on `PORT`, behind a proxy with a certificate'],
            ['worker, any number', '`npm run start:worker`', 'port 25 out, a resolver, sending addresses'],
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
          'cp deploy/example.env deploy/production.env    # fill it in; chmod 600\ndocker compose -f deploy/compose.yaml --env-file deploy/production.env up -d --build\ndocker compose -f deploy/compose.yaml --env-file deploy/production.env exec worker node dist/cli.js preflight',
        ),
      ],
    },
    {
      id: 'addresses',
      heading: 'Sending addresses',
      blocks: [
        list(
          '**Port 25.** Most clouds and all homes block it. Ask your provider to open it before anything else.',
          '**Reverse name.** Each address has one (PTR), and that name leads back to the address.',
          '**HELO.** The worker says that same name.',
          '**SPF.** The sender’s domain and the HELO name each have a record that names the address. No mail is ever sent, but hosts look it up.',
          '**Postmaster.** `postmaster@` and `abuse@` of both names reach you.',
        ),
        code(
          'json',
          'SENDING_IDENTITIES',
          '[{ "address": "203.0.113.7", "helo": "mx1.your-domain.com", "mail_from": "check@your-domain.com" }]',
        ),
      ],
    },
    {
      id: 'resolver',
      heading: 'Resolver',
      blocks: [
        text(
          'Run a resolver of your own beside the workers, and name it in `DNS_SERVERS`. Public resolvers limit you, and some lie about names that do not exist.',
        ),
      ],
    },
    {
      id: 'settings',
      heading: 'Settings',
      blocks: [
        text(
          'With `APP_MODE=production` every part but `migrate` refuses to start until the settings it needs are there, and names each. `deploy/example.env` has those that production needs, with an explanation of each.',
        ),
        table(
          'Settings',
          ['Setting', 'Meaning'],
          [
            ['`DATABASE_URL`', 'PostgreSQL 16 or newer, directly: sessions are needed, so no PgBouncer in transaction mode.'],
            ['`APP_URL`', 'The address of the site, with `https://`.'],
            ['`AUTH_SECRET`', 'Sessions and links in mails. The same on every web and worker.'],
            ['`TRUSTED_PROXY_HOPS`', 'How many proxies in front append to `X-Forwarded-For`: 1 for Caddy or nginx.'],
            ['`DNS_SERVERS`', 'Up to three resolvers, as `host:port`.'],
            ['`SENDING_IDENTITIES`', 'JSON, or a file that holds it: the addresses that ask.'],
            ['`MAIL_URL`', '`smtp://…` for mail to your users. Not from the addresses that verify.'],
            ['`STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET`', 'Payments.'],
            ['`OPERATOR_EMAILS`', 'Accounts that see the operator’s pages.'],
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
          'It prints an API key. Name the address in `OPERATOR_EMAILS` to see workers, queue and sending addresses at `/operator`.',
        ),
      ],
    },
    {
      id: 'health',
      heading: 'Health',
      blocks: [
        list(
          '`/healthz` answers while a web process lives.',
          '`/readyz` is 200 when database, queue and a worker are there, else 503 with what is missing.',
          'A worker that stops is noticed by its heartbeat within 30 seconds, and its jobs go to the others.',
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
          'Everything that has to be kept is in PostgreSQL, the queue included, and in your settings.',
          'Migrations go forward only. Dump, stop the old version, `npm run migrate`, start the new one: lists pause where they are, and nothing is lost.',
          'Build once and copy the result to every machine.',
        ),
      ],
    },
  ],
};
