// npm test: installs what it needs and runs everything. Its last line is "N passed, N failed".
import { requireNode } from './lib/node-version.mjs'

requireNode()
const [{ runCommand }, { testEverything }] = await Promise.all([
  import('./lib/problem.mjs'),
  import('./lib/test-everything.mjs'),
])
await runCommand(testEverything)
