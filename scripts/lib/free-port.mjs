import { createServer } from 'node:net'

/** @param {number} port @param {string} host @returns {Promise<number>} The port taken; rejects when it is in use. */
function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** A port nobody listens on at this moment. @param {string} [host] */
export const freePort = (host = '127.0.0.1') => tryPort(0, host)

/** Why a port can't be had: 'in-use', 'forbidden' or 'no-such-host'; undefined when it can. @param {number} port @param {string} host */
export async function portObstacle(port, host) {
  try {
    await tryPort(port, host)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') return 'in-use'
    return code === 'EACCES' ? 'forbidden' : 'no-such-host'
  }
}
