// Who may import whom. Each rule names a promise of ARCHITECTURE.md; `npm test` plants a violation of each to see it caught.
const TEST = '\\.test\\.tsx?$';
const NEXT_ONLY = '^lib/(auth|api)/|^node_modules/(server-only|next|react|react-dom)/';
const ban = (name, from, to) => ({ name, severity: 'error', from, to });
const siblings = (dir) => [
  { path: `^${dir}/([^/]+)\\.ts$`, pathNot: TEST },
  { path: `^${dir}/`, pathNot: `^${dir}/$1\\.ts$` },
];

module.exports = {
  forbidden: [
    ban('no-cycles', { pathNot: '^lib/data/_prisma/' }, { circular: true }),
    ban(
      'domain-is-a-leaf',
      { path: '^lib/domain/', pathNot: TEST },
      { pathNot: '^lib/domain/|^node_modules/(zod|tldts|tldts-core|tr46)/' },
    ),
    ban(
      'engine-is-pure',
      { path: '^worker/engine/', pathNot: TEST },
      { pathNot: '^(worker/engine|lib/domain)/|^node_modules/(tldts|tldts-core|tr46)/' },
    ),
    ban('layers-are-siblings', ...siblings('worker/engine/layers')),
    ban('tasks-do-not-call-tasks', ...siblings('worker/tasks')),
    ban(
      'readers-are-pure',
      { path: '^worker/ingest/(bytes|text|xlsx)/', pathNot: TEST },
      { path: '^lib/(?!domain/)|^worker/(?!ingest/)' },
    ),
    ban('adapters-serve-ports', { path: '^worker/adapters/' }, { path: '^(app|components|lib/data|lib/services|worker/tasks)/' }),
    ban(
      'engine-knows-no-sandbox',
      { path: '^worker/(engine|adapters)/', pathNot: TEST },
      { path: '^worker/sandbox/|^lib/domain/sandbox' },
    ),
    ban('worker-is-not-web', { path: '^worker/' }, { path: `^(app|components)/|${NEXT_ONLY}` }),
    ban('shared-lib-stays-shared', { path: '^lib/(?!auth/|api/)' }, { path: NEXT_ONLY }),
    ban('web-never-runs-the-engine', { path: '^(app|components|lib)/' }, { path: '^worker/' }),
    ban('lib-knows-no-ui', { path: '^lib/' }, { path: '^(app|components)/' }),
    ban(
      'components-know-no-server',
      { path: '^components/' },
      { path: '^(app|prisma)/|^lib/(data|services|api|queue|billing|auth|env)(/|\\.)|^node_modules/(@prisma/client|stripe)/' },
    ),
    ban('ui-is-generic', { path: '^components/ui/' }, { path: '^components/(?!ui/)|^lib/(?!cn\\.ts)' }),
    ban(
      'app-goes-through-services',
      { path: '^app/' },
      { path: '^lib/data/_client\\.ts$|^(lib/queue|prisma)/|^node_modules/(@prisma/client|stripe|graphile-worker)/' },
    ),
    ban(
      'only-data-touches-the-database',
      { path: '^(app|components|lib|worker|cli)/', pathNot: `^lib/(data|queue)/|${TEST}` },
      { path: '^node_modules/(@prisma|pg|pg-copy-streams)/|^lib/data/_' },
    ),
    ban(
      'nothing-imports-programs',
      { path: '^(app|components|lib|worker)/', pathNot: TEST },
      { path: '^(cli|bench|scripts|sdks|stand-in|tests)/' },
    ),
    ban(
      'stand-in-knows-no-product',
      { path: '^stand-in/', pathNot: TEST },
      { path: '^(app|components|content|worker|cli|scripts|tests|lib/(?!domain/))' },
    ),
    ban(
      'only-billing-touches-stripe',
      { path: '^(app|components|lib|worker)/', pathNot: '^lib/billing/' },
      { path: '^node_modules/stripe/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules|^lib/data/_prisma/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
