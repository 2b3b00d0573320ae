import { mkdirSync } from 'node:fs'
import { stopLeftoverChildren } from './children.mjs'
import { openDataFolder } from './data-folder.mjs'
import { startLocalVault } from './local-vault.mjs'
import { installPackages, packagesAreInstalled } from './packages.mjs'
import { createShutdown } from './shutdown.mjs'

/** Starts the local vault, prints what a client needs on one line, and stays until it is told to stop. */
export async function serveVault() {
  const shutdown = createShutdown()
  const { folder, release } = openDataFolder(process.env.DRAWBRIDGE_DATA || '.data/vault-alone')
  await shutdown.add('data folder', release)
  try {
    await stopLeftoverChildren(folder)
    if (!packagesAreInstalled()) await installPackages()
    const { bundle, stopBundler } = await import('./bundle.mjs')
    mkdirSync('build', { recursive: true })
    await bundle('lib/local-vault/main.ts', 'build/local-vault.mjs')
    await stopBundler()
    const vault = await startLocalVault(folder, process.argv.slice(2))
    await shutdown.add('local vault', vault.stop)
    const ended = new Promise((resolve) => {
      vault.child.once('exit', resolve)
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve)
    })
    console.log(JSON.stringify(vault.description))
    await ended
  } finally {
    await shutdown.stop()
  }
}
