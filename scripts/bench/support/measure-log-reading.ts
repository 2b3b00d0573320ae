import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { folderSource } from '@/lib/server/releases/folder-source'
import { readLogs } from '@/lib/server/releases/read-logs'
import { startGround } from '../../endure/releases/ground'

// A program of `npm run bench`: measure-log-reading <folder of logs> <rounds>. Seconds of each round, as one line of JSON.

const [folder = '', rounds = '1'] = process.argv.slice(2)
const source = folderSource(folder)

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** Nothing but reading the files and parsing their lines. */
async function parseAlone(): Promise<void> {
  for await (const { path: name } of source.list()) {
    for await (const line of createInterface({ input: createReadStream(path.join(folder, name)) })) JSON.parse(line)
  }
}

const ground = await startGround()
const ctx = { db: ground.db, clock: () => new Date(), newId: () => crypto.randomUUID(), channels: [] }
const told: Record<'bare' | 'history' | 'again', number[]> = { bare: [], history: [], again: [] }
try {
  for (let round = 0; round < Number(rounds); round += 1) {
    told.bare.push(await seconds(parseAlone))
    const took = await seconds(() => readLogs(ctx, [{ ...source, place: `folder:${round}` }]))
    // The first round alone wrote; the others found every record there already.
    if (round === 0) told.history.push(took)
    else told.again.push(took)
  }
  console.log(JSON.stringify(told))
} finally {
  await ground.stop()
}
