/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` type-checks everything, tests and scripts too; the build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    'pg',
    'pg-boss',
    'prom-client',
    'nodemailer',
    '@prisma/client',
    '@prisma/adapter-pg',
  ],
  // In development Next writes every action's arguments to the terminal; one of them is a private key.
  logging: { serverFunctions: false },
  // Within the key worker's lazy chunks only: see the file.
  turbopack: { resolveAlias: { crypto: { browser: './lib/client/key-worker/node-crypto-shim.cjs' } } },
  experimental: { serverActions: { bodySizeLimit: '256kb', allowedOrigins: [] } },
  // Pages get their headers in lib/server/front. A worker takes its policy from its own file's answer: with this one
  // the key worker can neither fetch nor eval, and its lazy chunks still load.
  headers: async () => [
    {
      source: '/_next/static/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
      ],
    },
    {
      source: '/_next/static/chunks/:path*',
      headers: [
        {
          key: 'Content-Security-Policy',
          value:
            "default-src 'none'; script-src 'self'; connect-src 'none'; worker-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        },
      ],
    },
  ],
}

export default config
