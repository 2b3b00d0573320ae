import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { writePrivateJson } from './private-files.mjs'
import { identify, isRunning } from './process-identity.mjs'

/** @param {string} file @returns {boolean} whether we got it */
function tryTake(file) {
  const mine = `${file}.${process.pid}`
  writePrivateJson(mine, identify(process.pid))
  try {
    linkSync(mine, file) // atomic, and complete from the first instant
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(mine, { force: true })
  }
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Moves a dead holder's file aside; puts it back when it meanwhile became somebody else's. @param {string} file @param {string} seen */
function removeStale(file, seen) {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  if (readFileSync(aside, 'utf8') === seen) rmSync(aside)
  else renameSync(aside, file)
}

/**
 * One process per file. Numbers of dead processes are used again: the holder's start time is compared, too.
 * @param {string} file
 * @returns {{ held: true, release: () => void } | { held: false, by: number }}
 */
export function takeLock(file) {
  for (;;) {
    if (tryTake(file)) return { held: true, release: () => rmSync(file, { force: true }) }
    const seen = readText(file)
    if (seen === undefined) continue
    const holder = JSON.parse(seen)
    if (isRunning(holder)) return { held: false, by: holder.pid }
    removeStale(file, seen)
  }
}

/** Waits for its turn. @param {string} file @param {() => void} onWait told once, when there is somebody to wait for */
export async function waitForLock(file, onWait) {
  let told = false
  for (;;) {
    const lock = takeLock(file)
    if (lock.held) return lock.release
    if (!told) onWait()
    told = true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
