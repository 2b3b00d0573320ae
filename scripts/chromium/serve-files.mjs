import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'

const TYPES = /** @type {Record<string, string>} */ ({ '.html': 'text/html', '.js': 'text/javascript' })

/** As the console serves its chunks: a second worker finds them, compiled, in the browser's cache. */
const KEPT = { 'cache-control': 'public, max-age=31536000, immutable' }

/** Of a file by its path. @param {string} name */
export const headersOf = (name) => ({
  'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
  ...KEPT,
})

/**
 * Serves files of memory, and folders under a prefix, on the loopback address (a secure context for browsers).
 * @param {Map<string, Uint8Array | string>} files by path
 * @param {Record<string, string>} [folders] the folder on disk by prefix, `/fixtures/`
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export function serveFiles(files, folders = {}) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const content = files.get(name) ?? fromFolders(name, folders)
    if (content === undefined) return response.writeHead(404).end()
    return response.writeHead(200, headersOf(name)).end(content)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : 0
      const close = () => {
        server.closeAllConnections()
        server.close()
      }
      resolve({ origin: `http://127.0.0.1:${port}`, close })
    })
  })
}

/** @param {string} name @param {Record<string, string>} folders */
function fromFolders(name, folders) {
  for (const [prefix, folder] of Object.entries(folders)) {
    const file = path.join(folder, name.slice(prefix.length))
    if (name.startsWith(prefix) && file.startsWith(path.join(folder, '/')) && existsSync(file))
      return readFileSync(file)
  }
  return undefined
}
