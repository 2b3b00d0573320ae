// npm start: from a fresh clone to a running console. See scripts/lib/launcher.mjs.
import { requireNode } from './lib/node-version.mjs'

requireNode()
const [{ launch }, { runCommand }] = await Promise.all([import('./lib/launcher.mjs'), import('./lib/problem.mjs')])
await runCommand(launch)
