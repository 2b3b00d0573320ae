/** @typedef {import('./suite.mjs').StepResult} StepResult */

/** @param {StepResult} result */
export function announceStep({ name, ok, seconds, passed, failed, output }) {
  const tests = passed + failed > 0 ? `, ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : ''
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s${tests})`)
  if (!ok) console.log(`${output.trimEnd()}\n`)
}

/** @param {StepResult[]} results */
export function printTable(results) {
  const width = Math.max(...results.map(({ name }) => name.length))
  console.log('\nStep'.padEnd(width + 3), 'result   tests    time')
  for (const { name, ok, seconds, passed, failed } of results) {
    const tests = passed + failed > 0 ? String(passed + failed) : '–'
    console.log(
      name.padEnd(width + 2),
      (ok ? 'passed' : 'FAILED').padEnd(8),
      tests.padStart(5),
      `${seconds.toFixed(1)} s`.padStart(9),
    )
  }
}

/** What may be skipped even in CI: accounts nobody gave us, and vectors that are not part of the repository. */
const EXCUSED = /not configured|published vectors/

/** @param {StepResult[]} results @returns {string[]} skips that CI counts as failures */
export function printSkips(results) {
  const skips = results.flatMap(({ name, skipped }) => skipped.map((test) => `${name}: ${test}`))
  if (skips.length > 0) console.log(`\nSKIPPED (${skips.length}):\n${skips.map((skip) => `  ! ${skip}`).join('\n')}`)
  return skips.filter((skip) => !EXCUSED.test(skip))
}
