import { runStep, runVitest } from './suite.mjs'

/**
 * Types, lint and format, import direction, unit tests. The quick ones run beside the type checker, and the tests after them:
 * two processors are all there may be.
 * @param {(result: import('./suite.mjs').StepResult) => void} report
 */
export async function runQuickSteps(report) {
  const tell = async (/** @type {Promise<import('./suite.mjs').StepResult>} */ running) => {
    const result = await running
    report(result)
    return result
  }
  const beside = async () => [
    await tell(
      runStep('lint and format', [
        'node_modules/@biomejs/biome/bin/biome',
        'check',
        '--error-on-warnings',
        '--colors=off',
        '.',
      ]),
    ),
    await tell(runStep('import direction', ['scripts/check-imports.mjs'])),
    await tell(runStep('where packages come from', ['scripts/check-supply.mjs'])),
    await tell(runStep('container and compose files', ['scripts/check-container.mjs'])),
  ]
  const [types, others] = await Promise.all([
    tell(runStep('types', ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'tsconfig.json'])),
    beside(),
  ])
  const scripts = await tell(
    runStep('types of scripts', [
      'node_modules/typescript/bin/tsc',
      '-p',
      'scripts/tsconfig.json',
      '--pretty',
      'false',
    ]),
  )
  const unit = await tell(runVitest('unit', ['--project', 'unit']))
  return [types, ...others, scripts, unit]
}
