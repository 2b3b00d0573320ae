import net from 'node:net'

/**
 * What befalls the n-th question to the database: cut before it arrives, cut after it was answered (its COMMIT stands,
 * and nobody was told), or silence.
 */
export type DatabaseFault = 'cut-before' | 'cut-after' | 'silence'

export interface DatabaseProxy {
  /** The same address, by way of the proxy. */
  url: string
  /** From now on the n-th question (from 1, over all connections) meets the fault; those after it pass. */
  arm: (nth: number, fault: DatabaseFault) => void
  /** Whether the fault was met since `arm`; ends it. */
  disarm: () => boolean
  close: () => Promise<void>
}

/** A question ends with Query ('Q') or Sync ('S'), whatever is in it. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const ENDS_A_QUESTION = new Set(['Q', 'S'])
const READY = 'Z'

interface Plan {
  nth: number
  fault: DatabaseFault
  met: boolean
}

/** A real TCP proxy before PostgreSQL: it knows where a question ends, and nothing of its words. */
export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<net.Socket>()
  let plan: Plan | undefined
  let asked = 0

  const nextFault = (): DatabaseFault | undefined => {
    if (!plan || plan.met) return undefined
    asked += 1
    if (asked !== plan.nth) return undefined
    plan.met = true
    return plan.fault
  }

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(target.port), target.hostname)
    const cut = () => {
      client.resetAndDestroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', cut)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let silent = false
    let cutWhenAnswered = false
    const questions = createSplitter({ startsWithoutType: true })
    const answers = createSplitter({ startsWithoutType: false })
    let pending: Buffer[] = []
    client.on('data', (chunk) => {
      for (const message of questions(chunk)) {
        pending.push(message.bytes)
        if (!message.isStartup && !ENDS_A_QUESTION.has(message.type)) continue
        const fault = message.isStartup || message.type === 'p' ? undefined : nextFault()
        if (fault === 'cut-before') return cut()
        if (fault === 'silence') silent = true
        if (fault === 'cut-after') cutWhenAnswered = true
        if (!silent) upstream.write(Buffer.concat(pending))
        pending = []
      }
      // A password or an end of connection is no question, and goes at once.
      if (pending.length > 0 && pending.every((bytes) => 'pX'.includes(String.fromCharCode(bytes[0] ?? 0)))) {
        upstream.write(Buffer.concat(pending))
        pending = []
      }
    })
    upstream.on('data', (chunk) => {
      if (!cutWhenAnswered) {
        if (!silent) client.write(chunk)
        return
      }
      for (const { type } of answers(chunk)) if (type === READY) return cut()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo // it listens on a port, not on a pipe
  const url = new URL(databaseUrl)
  url.port = String(port)
  return {
    url: url.href,
    arm: (nth, fault) => {
      asked = 0
      plan = { nth, fault, met: false }
    },
    disarm: () => {
      const met = plan?.met ?? false
      plan = undefined
      return met
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Message {
  type: string
  isStartup: boolean
  bytes: Buffer
}

/** Cuts the stream where messages end: type (one byte, but for the very first), length (four bytes, itself included). */
function createSplitter({ startsWithoutType }: { startsWithoutType: boolean }) {
  let rest: Buffer = Buffer.alloc(0)
  let isStartup = startsWithoutType
  return function* split(chunk: Buffer): Generator<Message> {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const head = isStartup ? 0 : 1
      if (rest.length < head + 4) return
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return
      const bytes = rest.subarray(0, length)
      rest = rest.subarray(length)
      yield { type: isStartup ? '' : String.fromCharCode(bytes[0] ?? 0), isStartup, bytes }
      isStartup = false
    }
  }
}
