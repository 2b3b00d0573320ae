import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Bundles the local vault's process as the build does; the caller removes the file. Inside the clone, where its packages resolve. */
export async function bundleVault(name: string): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'local-vault-test')
  const outfile = join(folder, `${name}-${process.pid}.mjs`)
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [join(root, 'lib/local-vault/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    alias: { '@': root.replace(/\/$/, '') },
    logLevel: 'error',
  })
  return outfile
}
