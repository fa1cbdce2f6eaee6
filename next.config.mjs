/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // A server in development writes down each request; keys and addresses stand in the queries of these.
  logging: { incomingRequests: { ignore: [/^\/compat\//] } },
  // `npm test` checks the types of everything; a start needs not wait for that.
  typescript: { ignoreBuildErrors: true },
  // Native or self-locating packages stay outside the bundle.
  serverExternalPackages: ['pg', 'graphile-worker', '@node-rs/argon2', 'pino', 'nodemailer', 'stripe'],
  // The changelog is a page; the file itself is not shipped.
  turbopack: { rules: { '*.md': { type: 'text' } } },
  async headers() {
    return [
      {
        // Stands in other people’s pages, which may ask for it with CORS to pin its hash.
        source: '/widget/v1.js',
        headers: [
          { key: 'Cache-Control', value: 'public, max-age=3600, stale-while-revalidate=86400' },
          { key: 'Access-Control-Allow-Origin', value: '*' },
          { key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' },
        ],
      },
    ];
  },
  async redirects() {
    // What other services call these pages. What stands behind the address (where to go next) is kept.
    return [
      ...['/login', '/log-in', '/sign-in'].map((source) => ({ source, destination: '/signin', permanent: true })),
      ...['/register', '/sign-up', '/join'].map((source) => ({ source, destination: '/signup', permanent: true })),
    ];
  },
  async rewrites() {
    return [
      { source: '/v1/:path*', destination: '/api/v1/:path*' },
      { source: '/healthz', destination: '/api/healthz' },
      { source: '/readyz', destination: '/api/readyz' },
      { source: '/docs.md', destination: '/api/docs' },
      { source: '/docs/:page.md', destination: '/api/docs/:page' },
      { source: '/docs/api/:page.md', destination: '/api/docs/api/:page' },
      { source: '/docs/reasons/:page.md', destination: '/api/docs/reasons/:page' },
      { source: '/.well-known/security.txt', destination: '/api/security-contact' },
    ];
  },
};

export default config;
