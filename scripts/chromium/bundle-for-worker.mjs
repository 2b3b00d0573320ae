import path from 'node:path'

/**
 * Bundles an entry for a module worker in a browser, lazy imports as chunks of their own. Nothing is written: the files
 * come back by name, the entry as `/<name>.js`.
 * @param {{ contents: string, name?: string, plugins?: import('esbuild').Plugin[] }} entry The entry's text, imports from the
 * checkout's root.
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function bundleForWorker({ contents, name = 'entry', plugins = [] }) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path.resolve('.'), sourcefile: 'entry.js', loader: 'js' },
    outdir: '/',
    entryNames: name,
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    keepNames: true,
    // A worker has no `window`, by which webcrypto-liner's dependencies look for the platform's cryptography.
    define: { window: 'globalThis', global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    // The app's own stand-in for Node's module, of which webcrypto-liner's dependencies take `randomBytes`.
    alias: { '@': path.resolve('.'), crypto: path.resolve('lib/client/key-worker/node-crypto-shim.cjs') },
    plugins,
    logLevel: 'silent',
  })
  return new Map(outputFiles.map((file) => [file.path, file.contents]))
}
