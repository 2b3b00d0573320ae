import http from 'node:http'

/**
 * @typedef {{ kind: string, status: number, ms: number }} Sample `status` 0: no answer came; `ms` from the instant at which
 *   it was due, so that a server that stalls is not spared the requests behind.
 * @typedef {{ kind: string, method?: string, path: string, headers?: Record<string, string>, body?: Buffer }} Wish
 */

const MOST_SOCKETS = 64

/** Idle connections are let go before the console does it (75 s): one that it closes just then would answer nothing. */
const IDLE_MS = 20_000

/** One request and its whole answer. @param {string} url @param {Wish} wish @param {http.Agent} agent @returns {Promise<number>} status */
function send(url, { method = 'GET', path, headers = {}, body }, agent) {
  return new Promise((resolve) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const call = http.request(`${url}${path}`, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
      answer.once('error', () => resolve(0))
    })
    call.once('error', () => resolve(0))
    call.end(body)
  })
}

/**
 * So many requests a second, each sent when it is due whether or not earlier ones were answered.
 * @param {{ url: string, perSecond: number, seconds: number, next: (n: number) => Wish }} load
 * @returns {Promise<Sample[]>}
 */
export async function steadyLoad({ url, perSecond, seconds, next }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: MOST_SOCKETS, timeout: IDLE_MS })
  const startAt = performance.now()
  /** @type {Promise<Sample>[]} */
  const under = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueAt = startAt + (n * 1000) / perSecond
    const wait = dueAt - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const wish = next(n)
    under.push(send(url, wish, agent).then((status) => ({ kind: wish.kind, status, ms: performance.now() - dueAt })))
  }
  const samples = await Promise.all(under)
  agent.destroy()
  return samples
}

/**
 * As many as a fixed number of connections carry, spread over these addresses.
 * @param {{ urls: readonly string[], connections: number, seconds: number, next: (n: number) => Wish }} load
 * @returns {Promise<{ perSecond: number, failed: number }>}
 */
export async function fullLoad({ urls, connections, seconds, next }) {
  const agents = urls.map(() => new http.Agent({ keepAlive: true }))
  const endAt = performance.now() + seconds * 1000
  let [sent, answered, failed] = [0, 0, 0]
  const worker = async (/** @type {number} */ index) => {
    const [url, agent] = [urls[index % urls.length], agents[index % urls.length]]
    if (!url || !agent) return
    while (performance.now() < endAt) {
      const status = await send(url, next(sent++), agent)
      if (status >= 200 && status < 400) answered += 1
      else failed += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)))
  for (const agent of agents) agent.destroy()
  return { perSecond: answered / seconds, failed }
}

/** How many of each status, for a line of text. @param {readonly Sample[]} samples */
export function tally(samples) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const { status } of samples) counts[status] = (counts[status] ?? 0) + 1
  return Object.entries(counts)
    .map(([status, count]) => `${count} × ${status === '0' ? 'no answer' : status}`)
    .join(', ')
}
