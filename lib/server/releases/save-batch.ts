import 'server-only'
import type { Context } from '../context'
import { type FilePiece, savePieces } from './save-pieces'
import type { FindVault } from './vault-of-record'

/** Pieces that are saved together: most files are small, and each save is a transaction. */
export interface Batch {
  /** false: an earlier piece of that file was not saved, so that this one must not be either. */
  add(piece: FilePiece): Promise<boolean>
  save(): Promise<void>
  /** What could not be saved. */
  failures(): unknown[]
}

/** Saves whenever `enough` records wait. A file that fails is left as it stands in the database, and told at the end. */
export function openBatch(ctx: Pick<Context, 'db' | 'clock' | 'newId'>, findVault: FindVault, enough: number): Batch {
  const failed = new Map<string, unknown>()
  let waiting: FilePiece[] = []
  let records = 0

  async function save(): Promise<void> {
    const pieces = waiting
    waiting = []
    records = 0
    await saveTogether(pieces)
  }

  async function saveTogether(given: readonly FilePiece[]): Promise<void> {
    const pieces = given.filter(({ mark }) => !failed.has(mark.path))
    if (pieces.length === 0) return
    try {
      await savePieces(ctx, pieces, findVault)
    } catch (error) {
      // One that the database can't take keeps no other file's from being saved.
      if (isRefusal(error) && pieces.length > 1) for (const piece of pieces) await saveTogether([piece])
      else for (const { mark } of pieces) failed.set(mark.path, error)
    }
  }

  return {
    async add(piece) {
      waiting.push(piece)
      records += piece.reading.records.length
      if (records >= enough) await save()
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
