import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** @typedef {{ pid: number, startedAt: string }} ProcessIdentity */

/** @param {number} pid */
function startOnLinux(pid) {
  // Field 22 of stat, counted after the parenthesised name, which may itself hold spaces and parentheses.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z') return undefined // dead, only not yet collected by its parent
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot}:${fields[19]}`
}

/** @param {number} pid */
function startElsewhere(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}

/**
 * When the process began, in words that no other process with the same number shares; undefined when there is none.
 * @param {number} pid
 */
export function startOf(pid) {
  try {
    return process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid)
  } catch (error) {
    // ENOENT and ESRCH are the answer "no such process"; anything else is ours to see.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}

/** @param {number} pid @returns {ProcessIdentity} */
export function identify(pid) {
  return { pid, startedAt: startOf(pid) ?? 'gone' }
}

/** A number alone proves nothing: numbers are used again. @param {ProcessIdentity} identity */
export const isRunning = ({ pid, startedAt }) => startOf(pid) === startedAt
