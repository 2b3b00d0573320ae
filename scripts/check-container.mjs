// Part of `npm run check`: the container file by our own rules, the compose file by dclint. Neither can be run here.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { containerFaults } from './lib/container-file.mjs'

const FILE = 'scripts/container/Containerfile'
const faults = containerFaults(readFileSync(FILE, 'utf8'))
for (const fault of faults) console.error(`${FILE}: ${fault}`)

const compose = ['scripts/container/compose.yaml', '-c', 'scripts/container/.dclintrc.json', '--max-warnings', '0']
const { status } = spawnSync(process.execPath, ['node_modules/dclint/bin/dclint.cjs', ...compose], { stdio: 'inherit' })
process.exitCode = faults.length === 0 && status === 0 ? 0 : 1
