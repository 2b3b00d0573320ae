// Below these versions a package of ours is known to be unsafe. Read against the lock file by scripts/check-supply.mjs:
// a registry that answers no audit must not mean that nobody looks. A newer advisory is a new line here.

/** @typedef {{ name: string, floors: readonly string[], why: string }} VersionFloor One floor for each major line in use. */

/** @type {readonly VersionFloor[]} */
export const VERSION_FLOORS = [
  {
    name: 'next',
    floors: ['16.4.3'],
    why: 'the security floor of this line (before it CVE-2025-29927, CVE-2025-55182)',
  },
  { name: 'next-auth', floors: ['4.24.15'], why: 'the security floor of this line' },
  { name: 'nodemailer', floors: ['7.0.7'], why: 'GHSA-mm7p-fcc7-pg87: mail to another domain than the one given' },
  { name: 'jose', floors: ['4.15.5', '6.0.0'], why: 'GHSA-hhhv-q57g-882q: a compressed JWE takes the server’s memory' },
  {
    name: 'elliptic',
    floors: ['6.6.1'],
    why: 'GHSA-vjh7-7g9h-fjfh: a private key can be read from malformed signatures',
  },
  { name: '@azure/identity', floors: ['4.2.1'], why: 'GHSA-m5vv-6r4h-3vj9: a token taken by a race' },
  { name: 'cookie', floors: ['0.7.0'], why: 'GHSA-pxg6-pf52-xh8x: names and paths out of bounds' },
  { name: 'ws', floors: ['7.5.10', '8.17.1'], why: 'GHSA-3h5v-q93c-6h6q: many headers stop the server' },
  { name: 'cross-spawn', floors: ['7.0.5'], why: 'GHSA-3xgq-45jj-v275: a slow regular expression' },
  { name: 'semver', floors: ['5.7.2', '6.3.1', '7.5.2'], why: 'GHSA-c2qf-rxjj-qqgw: a slow regular expression' },
  { name: 'esbuild', floors: ['0.25.0'], why: 'GHSA-67mh-4wv8-2f99: its development server answers any site' },
  { name: 'postcss', floors: ['8.4.31'], why: 'GHSA-7fh5-64p2-3v2j: a line break hides a rule' },
  { name: 'nanoid', floors: ['3.3.8', '5.0.9'], why: 'GHSA-mwcw-c2x4-8c55: predictable ids from fractions' },
  { name: 'lodash', floors: ['4.17.21'], why: 'GHSA-35jh-r3h4-6jhm: command injection by template' },
  { name: 'js-yaml', floors: ['4.1.1'], why: 'GHSA-mh29-5h37-fv8m: prototype pollution by merge' },
  { name: '@babel/runtime', floors: ['7.26.10'], why: 'GHSA-968p-4wvh-cqc8: slow replaced regular expressions' },
]
