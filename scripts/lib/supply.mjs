import { VERSION_FLOORS } from './version-floors.mjs'

/**
 * @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, hasInstallScript?: boolean,
 *   bundled?: boolean, inBundle?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   overrides?: Record<string, unknown>, allowScripts?: Record<string, boolean> }} Manifest
 */

const REGISTRY = 'https://registry.npmjs.org/'

/** @param {string} place A key of the lock file, as in `node_modules/a/node_modules/@b/c`. */
const nameAt = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** @param {string} version */
const numbersOf = (version) => (version.split(/[-+]/)[0] ?? '').split('.').map(Number)

/** Whether `version` is `floor` or later. @param {string} version @param {string} floor */
export function isAtLeast(version, floor) {
  const [have, want] = [numbersOf(version), numbersOf(floor)]
  for (const [index, part] of want.entries()) {
    const own = have[index] ?? 0
    if (own !== part) return own > part
  }
  // A pre-release of the floor itself comes before it.
  return !version.includes('-')
}

/** The floor of the package's own major line; of an older line than any of ours, the lowest. @param {string} version @param {readonly string[]} floors */
function floorFor(version, floors) {
  const [major] = numbersOf(version)
  const ofLine = floors.find((floor) => numbersOf(floor)[0] === major)
  return ofLine ?? floors.find((floor) => (numbersOf(floor)[0] ?? 0) > (major ?? 0)) ?? floors.at(-1)
}

/**
 * What is wrong with where our packages come from, in sentences; empty when nothing is.
 * @param {Lock} lock package-lock.json
 * @param {Manifest} manifest package.json
 * @returns {string[]}
 */
export function findSupplyProblems(lock, manifest) {
  const locked = Object.entries(lock.packages).filter(([place]) => place.includes('node_modules/'))
  return [
    ...locked.flatMap(([place, entry]) => sourceProblems(place, entry)),
    ...locked.flatMap(([place, entry]) => floorProblems(place, entry)),
    ...declaredProblems(manifest),
  ]
}

/** @param {string} place @param {LockedPackage} entry */
function sourceProblems(place, { resolved, integrity, link, inBundle }) {
  if (link) return [`${place} is a link: every package comes from the registry.`]
  if (resolved !== undefined && !resolved.startsWith(REGISTRY))
    return [`${place} comes from ${new URL(resolved).protocol}//…, not from the registry.`]
  // A package inside another one's archive is covered by that archive's own digest.
  return integrity || inBundle ? [] : [`${place} has no integrity digest in the lock file.`]
}

/** @param {string} place @param {LockedPackage} entry */
function floorProblems(place, { version }) {
  const known = VERSION_FLOORS.find(({ name }) => name === nameAt(place))
  const floor = known && version ? floorFor(version, known.floors) : undefined
  if (!known || !version || !floor || isAtLeast(version, floor)) return []
  return [`${place} is ${version}, below ${floor}: ${known.why}.`]
}

/** An exact version each; never a URL, a path or an alias of another package. @param {Manifest} manifest */
function declaredProblems({ dependencies = {}, devDependencies = {} }) {
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, range]) =>
    /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/i.test(range)
      ? []
      : [`package.json asks for ${name} by “${range}”: name one version.`],
  )
}
