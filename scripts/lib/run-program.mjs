import { spawn } from 'node:child_process'
import { Problem } from './problem.mjs'

/**
 * Runs a program to its end; what it wrote is shown only when it failed.
 * @param {string} what for the sentence "… failed"
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, onLine?: (line: string) => void }} [options]
 * @returns {Promise<void>}
 */
export function runProgram(what, program, args, { env = {}, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const end = () => child.kill()
    process.once('exit', end)
    /** @type {string[]} */
    const lines = []
    const listen = (/** @type {NodeJS.ReadableStream} */ stream, /** @type {typeof onLine} */ report) => {
      let rest = ''
      stream.on('data', (chunk) => {
        const parts = `${rest}${chunk}`.split('\n')
        rest = parts.pop() ?? ''
        lines.push(...parts)
        for (const line of parts) report?.(line)
      })
    }
    listen(child.stdout, onLine)
    listen(child.stderr, undefined)
    child.on('error', (cause) => reject(new Problem(`${what}: ${program} can't be run.`, { cause })))
    child.on('close', (code) => {
      process.off('exit', end)
      if (code === 0) return resolve()
      reject(new Problem(`${what} failed; its own words stand above.`, { details: `${lines.slice(-40).join('\n')}\n` }))
    })
  })
}
