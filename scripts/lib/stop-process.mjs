import { isRunning } from './process-identity.mjs'

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** @param {import('./process-identity.mjs').ProcessIdentity} identity @param {number} milliseconds */
async function endedWithin(identity, milliseconds) {
  const deadline = Date.now() + milliseconds
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return true
}

/**
 * Asks, waits, and only then forces. Touches nothing that merely has the same number.
 * @param {import('./process-identity.mjs').ProcessIdentity} identity
 * @param {{ signal?: NodeJS.Signals, force?: NodeJS.Signals, patience?: number }} [how]
 */
export async function stopProcess(identity, { signal = 'SIGTERM', force = 'SIGKILL', patience = 12_000 } = {}) {
  if (!isRunning(identity)) return
  send(identity.pid, signal)
  if (await endedWithin(identity, patience)) return
  send(identity.pid, force)
  await endedWithin(identity, 5_000)
}
