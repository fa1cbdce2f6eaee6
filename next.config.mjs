/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native or self-locating packages stay outside the bundle.
  serverExternalPackages: ['pg', 'graphile-worker', '@node-rs/argon2', 'pino', 'nodemailer'],
  async rewrites() {
    return [
      { source: '/v1/:path*', destination: '/api/v1/:path*' },
      { source: '/healthz', destination: '/api/healthz' },
      { source: '/readyz', destination: '/api/readyz' },
    ];
  },
};
