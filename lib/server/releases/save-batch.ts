import 'server-only'
import type { Context } from '../context'
import { type FilePiece, type FileRows, saveFileRows, toFileRows } from './save-pieces'
import type { FindVault } from './vault-of-record'

/** Pieces that are saved together: most files are small, and each save is a transaction. */
export interface Batch {
  /** false: an earlier piece of that file was not saved, so that this one must not be either. */
  add(piece: FilePiece): Promise<boolean>
  /** All that was added. */
  save(): Promise<void>
  /** What could not be saved. */
  failures(): unknown[]
}

/**
 * Saves whenever `enough` records wait, and takes more meanwhile: one batch is under way at most, for the next waits for it.
 * A file that fails is left as it stands in the database, and told at the end.
 */
export function openBatch(ctx: Pick<Context, 'db' | 'clock' | 'newId'>, findVault: FindVault, enough: number): Batch {
  const failed = new Map<string, unknown>()
  let waiting: FileRows[] = []
  let records = 0
  let underWay: Promise<void> = Promise.resolve()

  /** Ends when the batch before has; what is saved then has begun. */
  async function begin(): Promise<void> {
    const pieces = waiting
    waiting = []
    records = 0
    await underWay
    underWay = saveTogether(pieces)
  }

  async function save(): Promise<void> {
    await begin()
    await underWay
  }

  async function saveTogether(given: readonly FileRows[]): Promise<void> {
    const pieces = given.filter(({ mark }) => !failed.has(mark.path))
    if (pieces.length === 0) return
    try {
      await saveFileRows(ctx, pieces)
    } catch (error) {
      // One that the database can't take keeps no other file's from being saved.
      if (isRefusal(error) && pieces.length > 1) for (const piece of pieces) await saveTogether([piece])
      else for (const { mark } of pieces) failed.set(mark.path, error)
    }
  }

  return {
    async add(piece) {
      waiting.push(toFileRows(ctx, piece, findVault))
      records += piece.reading.records.length
      if (records >= enough) await begin()
      return !failed.has(piece.mark.path)
    },
    save,
    failures: () => [...failed.values()],
  }
}

/** PostgreSQL's words for a value that it does not take (classes 22 and 54), and not for a database that is away. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:22|54)/.test(String(error.code))
}
