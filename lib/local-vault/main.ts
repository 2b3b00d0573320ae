import { parseArgs } from 'node:util'
import { startLocalVault } from './server'
import { StartError } from './start-error'

// The local vault's process: one line of JSON on stdout when ready, one sentence on stderr when it can't be.

function readDataFolder(): string {
  try {
    const { data } = parseArgs({ options: { data: { type: 'string' } } }).values
    if (data) return data
  } catch (cause) {
    throw new StartError('bad-arguments', 'The local vault takes one argument: --data <folder>.', { cause })
  }
  throw new StartError('bad-arguments', 'The local vault needs --data <folder>.')
}

async function run(): Promise<void> {
  const vault = await startLocalVault({ dataFolder: readDataFolder() })
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    vault.close().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  console.log(JSON.stringify(vault.description))
}

function fail(error: unknown): void {
  console.error(
    error instanceof StartError ? error.message : 'The local vault failed to start for a reason it does not know.',
  )
  process.exit(1)
}

run().catch(fail)
