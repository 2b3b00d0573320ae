import { readdirSync, readFileSync } from 'node:fs'
import { figure, settle } from './support/figures.mjs'
import { installation } from './support/installation.mjs'

const MB = 1024 // of the kB that /proc tells

/** Resident memory; pages that processes share are shared out among them. @param {number} pid */
function proportional(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1]) / MB
}

/** @param {number} pid @returns {number[]} */
function family(pid) {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return [pid, ...children.flatMap((child) => family(Number(child)))]
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined // it has just ended
    throw error
  }
}

/** @param {number} pid */
const total = (pid) => family(pid).reduce((sum, member) => sum + proportional(member), 0)

export async function run() {
  const { pids } = await installation()
  figure('console after start', total(pids.console), { most: 350, unit: ' MB', digits: 0 })
  figure('embedded PostgreSQL after start', total(pids.postgres), { most: 150, unit: ' MB', digits: 0 })
  figure('local vault after start', total(pids.vault), { most: 200, unit: ' MB', digits: 0 })
  settle()
}
