import { type Manifest, readManifest } from '@/lib/domain/imports/manifest'
import { BATCH_AT_MOST } from '@/lib/domain/imports/views'
import type { Result } from '@/lib/domain/result'
import type { FileLine } from './file-line'

/** A manifest as it was given, and how it reads beside the files that are at hand. */
export interface GivenManifest {
  /** Of its file. */
  name: string
  cells: readonly (readonly string[])[]
  /** When it was given: what has expired is told by this. */
  now: Date
  reading: Result<Manifest, string>
}

export function readGiven(
  { name, cells, now }: Pick<GivenManifest, 'name' | 'cells' | 'now'>,
  fileNames: readonly string[],
): GivenManifest {
  return { name, cells, now, reading: readManifest(cells, { fileNames, atMost: BATCH_AT_MOST, now }) }
}

/** Of each file its line. A manifest that can't be read at all lets no file through: its first line is at fault. */
export function linesOf(manifest: GivenManifest | null): (fileName: string) => FileLine {
  if (!manifest) return () => ({ state: 'none' })
  const { reading } = manifest
  if (!reading.ok) return () => ({ state: 'wrong', line: 1, problems: [reading.error] })
  const lines = new Map<string, FileLine>()
  for (const { line, file, results } of reading.value.inReview) {
    lines.set(file, { state: 'in-review', line, reference: results.reference })
  }
  for (const line of reading.value.lines) {
    lines.set(
      line.file,
      'row' in line
        ? { state: 'followed', line: line.line, row: line.row }
        : { state: 'wrong', line: line.line, problems: line.problems },
    )
  }
  return (fileName) => lines.get(fileName) ?? { state: 'not-named' }
}
