/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The development server logs each request, and the queries of these contain keys and addresses.
  logging: { incomingRequests: { ignore: [/^\/compat\//] } },
  // `npm test` checks all types; a build at startup need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // Packages that are native or locate their own files stay outside the bundle.
  serverExternalPackages: ['pg', 'graphile-worker', '@node-rs/argon2', 'pino', 'nodemailer', 'stripe'],
  // The changelog is a page; the file itself is not shipped.
  turbopack: { rules: { '*.md': { type: 'text' } } },
  async headers() {
    return [
      {
        // Other people’s pages load this, and may request it with CORS to pin its hash.
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
    // Other services' names for these pages. The rest of the address (where to go next) is kept.
    return [
      ...['/login', '/log-in', '/sign-in'].map((source) => ({ source, destination: '/signin', permanent: true })),
      ...['/register', '/sign-up', '/join'].map((source) => ({ source, destination: '/signup', permanent: true })),
    ];
  },
  async rewrites() {
    return [
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
