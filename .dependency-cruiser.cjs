// Imports point one way: crypto <- domain <- {providers, client}; {domain, providers} <- server; {client, ui} <- components;
// all <- app; nobody imports app. `npm run check` also shows that this finds a planted violation and has seen every module.

/** What each ring may reach beside itself and packages. */
const MAY_IMPORT = {
  'lib/crypto': [],
  'lib/domain': ['lib/crypto'],
  'lib/providers': ['lib/crypto', 'lib/domain'],
  'lib/client': ['lib/crypto', 'lib/domain', 'lib/routes'],
  'lib/server': [
    'lib/crypto',
    'lib/domain',
    'lib/providers',
    'lib/routes',
    'scripts/lib/settings',
    'scripts/lib/secret-files',
    'scripts/lib/oidc-settings',
    'scripts/lib/passkey-settings',
    'scripts/lib/notice-settings',
  ],
  'lib/local-vault': ['lib/domain/releases', 'lib/domain/result'],
  'lib/routes': ['lib/domain'],
  'components/ui': [],
  'components/(?!ui/)': ['components', 'lib/crypto', 'lib/domain', 'lib/client', 'lib/routes'],
}

const TEST = '\\.test\\.tsx?$'
const prefix = (/** @type {string} */ folder) => `^${folder}`

const ringRules = Object.entries(MAY_IMPORT).map(([ring, allowed]) => ({
  name: `${ring.replace(/\(.*/, 'features')} imports inwards only`,
  severity: 'error',
  from: { path: prefix(ring), pathNot: [TEST, '^lib/[^/]+/testing/'] },
  to: {
    path: '^(?:app|components|lib|scripts|e2e)/|^instrumentation',
    pathNot: [prefix(ring), ...allowed.map(prefix)],
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...ringRules,
    {
      name: 'nobody imports app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'the local vault unwraps by its own means',
      comment: 'The two check each other only while the vault does not use the sealing code.',
      severity: 'error',
      from: { path: '^lib/local-vault/', pathNot: [TEST, '/testing/'] },
      to: { path: '^lib/crypto/(?:seal|aes-kwp|index)\\.ts$' },
    },
    {
      name: 'nobody in the console imports the local vault',
      severity: 'error',
      from: { pathNot: ['^lib/local-vault/', '^lib/testing/', '^scripts/', '^e2e/', TEST] },
      to: { path: '^lib/local-vault/' },
    },
    {
      name: 'only tests import lib/testing',
      severity: 'error',
      from: { pathNot: ['^lib/testing/', '^e2e/', '^scripts/', '/testing/', TEST, '^vitest\\.config'] },
      to: { path: '^lib/testing/' },
    },
    {
      name: 'everything imported exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^(?:@/|\\.)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'lib/server/db/generated'] },
    exclude: { path: ['\\.next/', '^build/'] },
    // Without it dependency-cruiser 17 beside TypeScript 7 sees no module at all, and says all is well.
    parser: 'swc',
    webpackConfig: { fileName: 'scripts/lib/import-alias.cjs' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
}
