import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Problem } from './problem.mjs'

/**
 * Runs every `*<ending>` of a folder in order of name; each exports `run({ small, full })`, prints its own figures and throws when
 * one is out of bounds. A folder with nothing in it measures nothing, and says so.
 * @param {string} folder @param {string} ending
 */
export async function runMeasurements(folder, ending) {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const files = readdirSync(folder).filter(
    (name) => name.endsWith(ending) && (wanted.length === 0 || wanted.some((word) => name.includes(word))),
  )
  if (files.length === 0) throw new Problem(`There is nothing to run in ${folder} (*${ending}).`)
  const [small, full] = [process.argv.includes('--small'), process.argv.includes('--full')]
  let failures = 0
  for (const file of files.sort()) {
    const name = file.slice(0, -ending.length)
    console.log(`\n── ${name}`)
    try {
      const { run } = await import(pathToFileURL(path.resolve(folder, file)).href)
      await run({ small, full })
    } catch (error) {
      failures += 1
      console.error(`✗ ${name}: ${wordsOf(error)}`)
    }
  }
  if (failures > 0) throw new Problem(`${failures} of ${files.length} failed.`)
}

/** With what lies beneath it: `fetch failed` alone tells nothing. @param {unknown} error @returns {string} */
function wordsOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${wordsOf(error.cause)}`
}
