import { spawn } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readJson, writePrivateJson } from './private-files.mjs'
import { Problem } from './problem.mjs'
import { identify } from './process-identity.mjs'
import { stopProcess } from './stop-process.mjs'

/** @param {string} file */
function openLog(file) {
  const log = openSync(file, 'a', 0o600)
  chmodSync(file, 0o600)
  return log
}

/**
 * Starts a program of ours that outlives nothing but a `kill -9` of the launcher, and leaves its number for the next start.
 * Its own session, so that Ctrl-C reaches the launcher alone, which stops everything in order.
 * @param {{ folder: string, name: string, args: string[], env: Record<string, string | undefined>, readOutput?: boolean,
 *   patience?: number }} options `patience`: milliseconds that it may take to end by itself
 */
export function startChild({ folder, name, args, env, readOutput = false, patience = 12_000 }) {
  const logFile = path.join(folder, 'logs', `${name}.log`)
  const log = openLog(logFile)
  const child = spawn(process.execPath, args, {
    env,
    detached: true,
    stdio: ['ignore', readOutput ? 'pipe' : log, log],
  })
  closeSync(log)
  if (child.pid === undefined) throw new Problem(`The ${name} could not be started.`)
  const identity = identify(child.pid)
  const record = path.join(folder, 'run', `${name}.json`)
  writePrivateJson(record, identity)
  const stop = async () => {
    await stopProcess(identity, { patience })
    rmSync(record, { force: true })
  }
  return { child, name, logFile, stop }
}

/** The last words of a program that went wrong. @param {string} logFile */
export function lastWords(logFile) {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n') : []
  return lines.at(-1) ?? ''
}

/** Stops what a launcher that was killed left running. @param {string} folder @returns {Promise<string[]>} names */
export async function stopLeftoverChildren(folder) {
  const run = path.join(folder, 'run')
  const names = readdirSync(run).filter((name) => name.endsWith('.json') && name !== 'launcher.json')
  for (const name of names) {
    const file = path.join(run, name)
    await stopProcess(readJson(file))
    rmSync(file, { force: true })
  }
  return names.map((name) => name.replace(/\.json$/, ''))
}
