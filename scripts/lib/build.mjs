import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundle, stopBundler } from './bundle.mjs'
import { contentHash } from './content-hash.mjs'
import { runProgram } from './run-program.mjs'
import { buildSealer, isSealerBuilt } from './sealer.mjs'

const GENERATED = 'lib/server/db/generated'
const GENERATED_RECORD = path.join(GENERATED, '.inputs')
const BUILD_RECORD = '.next/drawbridge-inputs'

/** @param {string} file */
const recorded = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

const clientInputs = () => contentHash(['prisma/schema.prisma', 'node_modules/prisma/package.json'])

export const isClientGenerated = () => recorded(GENERATED_RECORD) === clientInputs()

/** `prisma generate` needs no engine but looks for one: any existing program keeps it from downloading. */
export async function generateClient() {
  await runProgram(
    'Generating the database client',
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate'],
    {
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    },
  )
  writeFileSync(GENERATED_RECORD, clientInputs())
}

const ROOT_CONFIG = /^(?!vitest|playwright|biome|knip).*\.(?:ts|js|mjs|json)$/

/** What the console is built from; its tests, the local vault, the offline sealer and the generated client (from prisma/) are not. @param {string} file */
const isConsoleSource = (file) =>
  !/\.test\.tsx?$/.test(file) &&
  !/^lib\/(?:testing|local-vault|client\/sealer|client\/sealer-page|server\/db\/generated)\//.test(file) &&
  !file.endsWith('.tsbuildinfo')

/** The launcher's modules that the console reads its settings with. */
const SHARED_WITH_LAUNCHER = [
  'settings',
  'secret-files',
  'oidc-settings',
  'passkey-settings',
  'notice-settings',
  'tls-files',
].map((name) => `scripts/lib/${name}.mjs`)

function consoleInputs() {
  const rootFiles = readdirSync('.').filter(
    (name) => ROOT_CONFIG.test(name) && name !== 'next-env.d.ts' && name !== 'package.json',
  )
  return contentHash(
    ['app', 'components', 'lib', 'prisma', 'public', ...SHARED_WITH_LAUNCHER, ...rootFiles],
    isConsoleSource,
  )
}

export const isConsoleBuilt = () => existsSync('.next/BUILD_ID') && recorded(BUILD_RECORD) === consoleInputs()

export async function buildConsole() {
  const inputs = consoleInputs()
  rmSync(BUILD_RECORD, { force: true })
  await runProgram(
    'Building the console (next build)',
    process.execPath,
    ['node_modules/next/dist/bin/next', 'build'],
    {
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    },
  )
  writeFileSync(BUILD_RECORD, inputs)
}

const SETUP = 'lib/server/setup/main.ts'

/** The programs beside the console, fast enough to be made at every start, and the offline sealer, when it has changed. */
export async function bundlePrograms() {
  mkdirSync('build', { recursive: true })
  await Promise.all([
    bundle('lib/local-vault/main.ts', 'build/local-vault.mjs'),
    bundle('lib/server/front/main.ts', 'build/console.mjs'),
    bundle(existsSync(SETUP) ? SETUP : 'lib/server/db/migrate-main.ts', 'build/setup.mjs'),
    ...(isSealerBuilt() ? [] : [buildSealer()]),
  ])
  await stopBundler()
}
