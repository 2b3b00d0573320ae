import { existsSync } from 'node:fs'
import { readJson } from './private-files.mjs'
import { runProgram } from './run-program.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/** Does what npm recorded as installed equal what the lock file asks for? By content: no time stamps. */
export function packagesAreInstalled() {
  /** @type {Record<string, LockedPackage>} */
  const wanted = readJson('package-lock.json')?.packages ?? {}
  /** @type {Record<string, LockedPackage>} */
  const installed = readJson('node_modules/.package-lock.json')?.packages ?? {}
  return Object.entries(wanted).every(([folder, entry]) => {
    if (folder === '') return true
    const found = installed[folder]
    // What is optional may rightly be absent: it is for another operating system or processor.
    if (!found) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity && existsSync(folder)
  })
}

/**
 * `npm ci` refuses a lock file that leaves out other systems' variants of optional packages, as one does that was made
 * where only this system's can be had. `npm install` then installs the same versions by the same checksums.
 */
function lockNamesEveryVariant() {
  /** @type {Record<string, { optionalDependencies?: Record<string, string> }>} */
  const packages = readJson('package-lock.json')?.packages ?? {}
  return Object.entries(packages).every(([folder, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).every(
      (name) => packages[`node_modules/${name}`] || packages[`${folder}/node_modules/${name}`],
    ),
  )
}

const SAME_FOR_BOTH = [
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
]

/**
 * Installs exactly what package-lock.json names. No package's install script runs: none that we need has one,
 * but for pkcs11js, which `npm test` builds.
 */
export async function installPackages() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const command = lockNamesEveryVariant() ? ['ci'] : ['install', '--no-save']
  await runProgram(`Installing packages (npm ${command[0]})`, npm, [...command, ...SAME_FOR_BOTH])
}
