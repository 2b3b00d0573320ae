import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { debianBinaries } from './postgres-binaries.mjs'
import { runProgram } from './run-program.mjs'

/** @typedef {{ name: string, find: () => string | undefined, obtain: (() => Promise<unknown>)[], without: string }} Prerequisite */

const isRoot = () => process.getuid?.() === 0

/** @param {string[]} candidates */
const firstExisting = (candidates) => candidates.find((file) => existsSync(file))

/** @param {string} name */
const onPath = (name) =>
  firstExisting((process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)))

export const findChromium = () =>
  (process.env.CHROMIUM_PATH && existsSync(process.env.CHROMIUM_PATH) ? process.env.CHROMIUM_PATH : undefined) ??
  onPath('chromium-headless-shell') ??
  onPath('chromium') ??
  onPath('chromium-browser') ??
  onPath('google-chrome') ??
  playwrightChromium()

function playwrightChromium() {
  const script = "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))"
  const file = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout?.trim()
  return file && existsSync(file) ? file : undefined
}

const findSoftHsm = () =>
  firstExisting([
    process.env.SOFTHSM2_MODULE ?? '',
    '/usr/lib/softhsm/libsofthsm2.so',
    '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
    '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
    '/usr/local/lib/softhsm/libsofthsm2.so',
    '/opt/homebrew/lib/softhsm/libsofthsm2.so',
  ])

/** Debian keeps it where an ordinary user's PATH does not lead. */
export const findNginx = () => onPath('nginx') ?? firstExisting(['/usr/sbin/nginx', '/usr/local/sbin/nginx'])

const findPkcs11Addon = () => firstExisting(['node_modules/pkcs11js/build/Release/pkcs11.node'])

/** node-gyp downloads Node's headers unless they lie beside it. */
async function buildPkcs11Addon() {
  const prefix = path.dirname(path.dirname(process.execPath))
  const headers = existsSync(path.join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
  await runProgram('Building pkcs11js', 'npm', ['rebuild', 'pkcs11js', '--ignore-scripts=false'], { env: headers })
}

/** @param {string[]} packages */
const debian = (packages) => async () => {
  if (!isRoot() || !onPath('apt-get')) throw new Error(`needs root: apt-get install ${packages.join(' ')}`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runProgram('apt-get update', 'apt-get', ['update', '-qq'], { env })
  await runProgram('apt-get install', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  })
}

const downloadChromium = () =>
  runProgram('Downloading Chromium', process.execPath, [
    createRequire(import.meta.url).resolve('@playwright/test/cli'),
    'install',
    'chromium',
  ])

/** @type {Prerequisite[]} */
const PREREQUISITES = [
  {
    name: 'Chromium',
    find: findChromium,
    obtain: [downloadChromium, debian(['chromium-headless-shell']), debian(['chromium'])],
    without: 'end-to-end tests',
  },
  { name: 'SoftHSM2', find: findSoftHsm, obtain: [debian(['softhsm2'])], without: 'tests with a real token' },
  {
    name: 'pkcs11js',
    find: findPkcs11Addon,
    obtain: [
      buildPkcs11Addon,
      async () => {
        await debian(['build-essential', 'python3'])()
        await buildPkcs11Addon()
      },
    ],
    without: 'tests with a real token',
  },
  {
    name: 'PostgreSQL 15',
    find: () => debianBinaries()?.postgres,
    obtain: [debian(['postgresql-15'])],
    without: 'the database tests on it',
  },
  {
    name: 'nginx',
    find: findNginx,
    obtain: [debian(['nginx'])],
    without: 'the tests of several consoles',
  },
  {
    name: 'OpenSSL',
    find: () => onPath('openssl'),
    obtain: [debian(['openssl'])],
    without: 'the tests that verify with it',
  },
  {
    name: "Java's keytool",
    find: () => onPath('keytool'),
    obtain: [debian(['default-jre-headless'])],
    without: 'the tests of the lines that mend a Java keystore',
  },
  {
    name: 'ssh-keygen',
    find: () => onPath('ssh-keygen'),
    obtain: [debian(['openssh-client'])],
    without: "the tests with OpenSSH's keys",
  },
  {
    name: "Debian's Azure client for Python",
    find: () => firstExisting(['/usr/lib/python3/dist-packages/azure/keyvault/keys/__init__.py']),
    obtain: [debian(['python3-azure'])],
    without: "the local vault's journey through it",
  },
]

/** @param {Prerequisite} prerequisite @returns {Promise<string | undefined>} where it is */
async function provide({ name, find, obtain }) {
  for (const attempt of obtain) {
    const found = find()
    if (found) return found
    console.log(`• ${name} is not here; getting it …`)
    try {
      await attempt()
    } catch (error) {
      console.log(`  ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return find()
}

/**
 * Finds what the tests need on this machine, else installs it.
 * @returns {Promise<{ found: Record<string, string>, missing: string[] }>} missing: loud words, one for each
 */
export async function providePrerequisites() {
  /** @type {Record<string, string>} */
  const found = {}
  const missing = []
  for (const prerequisite of PREREQUISITES) {
    const where = await provide(prerequisite)
    if (where) found[prerequisite.name] = where
    else missing.push(`${prerequisite.name} can't be had here: ${prerequisite.without} do not run`)
  }
  return { found, missing }
}
