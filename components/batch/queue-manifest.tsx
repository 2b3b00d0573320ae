import type { GivenManifest } from '@/lib/client/batch/given-manifest'
import type { Manifest, ManifestLine } from '@/lib/domain/imports/manifest'
import { MANIFEST_COLUMNS } from '@/lib/domain/imports/manifest'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { LiveRegion } from '../ui/live-region'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

type QueueManifestProps = {
  manifest: GivenManifest | null
  problem: string | null
  onManifest: (file: File) => void
  onRemove: () => void
  /** While files are read or sent, what becomes of them stands. */
  closed: boolean
}

/** Which file becomes which key, by a table: read line by line, and shown before anything starts. */
export function QueueManifest({ manifest, problem, onManifest, onRemove, closed }: QueueManifestProps) {
  const error = problem ?? (manifest && !manifest.reading.ok ? manifest.reading.error : undefined)
  return (
    <div className="flex flex-col gap-4">
      {closed ? null : (
        <Field
          id="queue-manifest"
          label="Manifest"
          optional
          hint={`A CSV file with the columns ${MANIFEST_COLUMNS.join(', ')}: each line says what becomes of one file, and goes before what is answered for all. A result table that was saved here serves as well.`}
          error={error}
        >
          {(control) => (
            <FileDrop
              {...control}
              accept=".csv,text/csv"
              prompt="Drop the manifest here"
              fileName={manifest?.name}
              onFile={onManifest}
            />
          )}
        </Field>
      )}
      <LiveRegion visible>{manifest?.reading.ok ? summaryOf(manifest.reading.value) : null}</LiveRegion>
      {manifest?.reading.ok ? <WrongLines lines={manifest.reading.value.lines} /> : null}
      {manifest && !closed ? (
        <div>
          <Button size="small" onClick={onRemove}>
            Go without the manifest
          </Button>
        </div>
      ) : null}
    </div>
  )
}

const files = (count: number) => (count === 1 ? '1 file' : `${count} files`)

function summaryOf({ lines, withoutLine, inReview }: Manifest): string {
  const wrong = lines.filter((line) => 'problems' in line).length
  const parts = [`${files(lines.length - wrong)} will go by the manifest.`]
  if (inReview.length > 0) parts.push(`${files(inReview.length)} skipped: in review already.`)
  if (wrong > 0) parts.push(`${wrong === 1 ? '1 line' : `${wrong} lines`} can’t be followed.`)
  if (withoutLine.length > 0)
    parts.push(
      `${files(withoutLine.length)} stay${withoutLine.length === 1 ? 's' : ''} out: no line names ${withoutLine.length === 1 ? 'it' : 'them'}.`,
    )
  return parts.join(' ')
}

function WrongLines({ lines }: { lines: readonly ManifestLine[] }) {
  const wrong = lines.flatMap((line) => ('problems' in line ? [line] : []))
  if (wrong.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <Banner tone="attention" title="Lines that can’t be followed stop no other.">
        Their files stay out. Mend the manifest and give it again, here or later.
      </Banner>
      <Table
        label="Lines that can’t be followed"
        head={
          <>
            <Th>Line</Th>
            <Th>File</Th>
            <Th>What is wrong</Th>
          </>
        }
      >
        {wrong.map(({ line, file, problems }) => (
          <Row key={line}>
            <RowHeader narrow>{line}</RowHeader>
            <Td wrap mono>
              <span className="break-all">{file}</span>
            </Td>
            <Td wrap>
              <ul>
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </Td>
          </Row>
        ))}
      </Table>
    </div>
  )
}
