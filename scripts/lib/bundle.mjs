import { renameSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes one plain Node module of a TypeScript entry; packages stay outside, `server-only` is inert (condition react-server).
 * @param {string} entry From the checkout's root.
 * @param {string} outfile
 */
export async function bundle(entry, outfile) {
  const { build } = await import('esbuild')
  const temporary = path.resolve(`${outfile}.${process.pid}.mjs`)
  await build({
    entryPoints: [path.resolve(entry)],
    outfile: temporary,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    conditions: ['react-server'],
    alias: { '@': path.resolve('.') },
    // A package: with packages outside Node would look it up without the condition, and it would throw.
    plugins: [{ name: 'server-only', setup: (b) => markServerOnlyInert(b) }],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
  })
  renameSync(temporary, path.resolve(outfile)) // another start may be reading the old one
}

/** @param {import('esbuild').PluginBuild} build */
function markServerOnlyInert(build) {
  build.onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'inert' }))
  build.onLoad({ filter: /.*/, namespace: 'inert' }, () => ({ contents: '' }))
}

/** esbuild keeps a process of its own; a launcher that runs for days has no use for it. */
export async function stopBundler() {
  const { stop } = await import('esbuild')
  await stop()
}
