// Where our packages come from: the registry alone, by digest, none below its known floor. Exit code 1 and a sentence for each finding.
import { readFileSync } from 'node:fs'
import { findSupplyProblems } from './lib/supply.mjs'

const problems = findSupplyProblems(
  JSON.parse(readFileSync('package-lock.json', 'utf8')),
  JSON.parse(readFileSync('package.json', 'utf8')),
)
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
