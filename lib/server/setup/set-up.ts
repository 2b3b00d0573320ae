import 'server-only'
import type { Context } from '../context'
import { findExercise } from './find-exercise'
import { connectLocalVaults } from './local-connections'
import { extendLocalFile, type LocalVaultEntry, readLocalFile } from './local-file'
import { isEstateMade, makeEstate } from './make-estate'
import { type Cast, createFirstOfficers, findCast } from './officers'

/**
 * Brings a local installation to where one can begin: officers, connections, example keys. Each part is done once and
 * can be gone on with after a crash. `say` tells people what is being done.
 */
export async function setUp(ctx: Context, localFile: string, say: (line: string) => void): Promise<void> {
  if (await createFirstOfficers(ctx, localFile)) say('Created the first officers.')
  const vaults = readLocalFile(localFile)?.vaults ?? []
  const cast = await findCast(ctx)
  if (cast && vaults.length > 0 && !(await isEstateMade(ctx))) {
    await makeExamples(ctx, cast, vaults, say)
  }
  extendLocalFile(localFile, { exercise: await findExercise(ctx) })
}

/** Examples are no condition of the console: what could not be made now is made at the next start. */
async function makeExamples(ctx: Context, cast: Cast, vaults: LocalVaultEntry[], say: (line: string) => void) {
  const connections = await connectLocalVaults(ctx, cast.administrator, vaults)
  say('Making a small estate of example keys in the local vaults …')
  try {
    await makeEstate(ctx, cast, connections)
  } catch (error) {
    console.error(error)
    say('Not every example key could be made; the next start goes on with them.')
  }
}
