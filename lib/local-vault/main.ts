import { readArguments } from './read-arguments'
import { startLocalVault } from './server'
import { StartError } from './start-error'

// The local vault's process: one line of JSON on stdout when ready, one sentence on stderr when it can't be.

async function run(): Promise<void> {
  const vault = await startLocalVault(readArguments(process.argv.slice(2)))
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
