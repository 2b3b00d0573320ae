import http from 'node:http'

/**
 * Stands before the local vault and makes every call take at least so long, as a vault in a region does.
 * @param {string} target the vault's origin @param {number} delayMs
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startDelayingProxy(target, delayMs) {
  const agent = new http.Agent({ keepAlive: true })
  const server = http.createServer((req, res) => {
    const arrivedAt = performance.now()
    const forwarded = http.request(
      `${target}${req.url}`,
      { method: req.method, headers: { ...req.headers, host: new URL(target).host }, agent },
      (answer) => {
        const wait = Math.max(0, delayMs - (performance.now() - arrivedAt))
        setTimeout(() => {
          res.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(res)
        }, wait)
      },
    )
    forwarded.once('error', () => res.destroy())
    req.pipe(forwarded)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a proxy without a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}
