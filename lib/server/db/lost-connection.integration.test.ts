import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase } from './client'
import { Prisma } from './generated/client'
import { readRows } from './read-rows'
import { inOneFlight } from './statement-transaction'

/** A message of PostgreSQL's protocol: its letter, its length, what it says. */
function message(letter: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(letter), length, body])
}

/** Lets in, and ends the connection in the same breath, as a server does that is told to stop just then. */
const LET_IN_AND_ENDED = Buffer.concat([
  message('R', Buffer.alloc(4)),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')),
])

const server = net.createServer((socket) => {
  socket.on('error', () => undefined)
  socket.once('data', () => socket.end(LET_IN_AND_ENDED))
})
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => server.close())

// An error that nobody hears ends a process; here, the run.
it.each([
  ['by Prisma', (db) => db.person.findFirst()],
  ['in Prisma’s transaction', (db) => db.$transaction((tx) => tx.person.findFirst())],
  ['by the pool', (db) => readRows(db, Prisma.sql`SELECT 1`)],
  ['in one flight', (db) => inOneFlight(db, [Prisma.sql`SELECT 1`])],
] as [string, (db: ReturnType<typeof createDatabase>) => Promise<unknown>][])(
  'what is asked %s over a connection that is lost as it is made fails, and nothing else does',
  async (_way, ask) => {
    const { port } = server.address() as AddressInfo // it listens on a port
    const db = createDatabase(`postgres://nobody:nothing@127.0.0.1:${port}/none`)
    await expect(ask(db)).rejects.toThrow()
    await db.$disconnect()
    await expect(db.person.findFirst()).rejects.toThrow() // by the pool that Prisma makes anew
  },
)
