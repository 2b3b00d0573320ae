// npm run sbom [-- <file>]   the software bill of materials of what runs in production: CycloneDX JSON, to a file or to standard output
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

const { name } = JSON.parse(readFileSync('package.json', 'utf8'))
const { stdout } = await promisify(execFile)(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev'],
  { maxBuffer: 64 * 1024 * 1024 },
)
const bill = JSON.parse(stdout)
bill.metadata.component.name = name // npm takes the folder's name, whatever the clone is called
const text = `${JSON.stringify(bill, null, 2)}\n`
const [file] = process.argv.slice(2)
if (file) {
  writeFileSync(file, text)
  console.error(`Wrote ${bill.components.length} components to ${file}.`)
} else process.stdout.write(text)
