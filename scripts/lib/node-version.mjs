const NEEDED = [20, 20]

/** @param {string} version as in `process.versions.node` */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
}

/** Ends the process with one sentence when Node is too old. Written for old ones: no newer syntax here. */
export function requireNode() {
  if (isNodeNewEnough(process.versions.node)) return
  console.error(`✗ Drawbridge needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}
