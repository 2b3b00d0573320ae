import { type ReleasesOverTime, sumOf } from '@/lib/domain/releases/history/over-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { keyWords, stepWords } from './over-time-words'

const FIRST_COLUMN = {
  hour: 'Hour (UTC)',
  day: 'Day (UTC)',
  week: 'Week from',
  month: 'Month from',
  year: 'Year from',
} as const

/** Every number of the picture; steps without a call are left out. Newest first, as the history is. */
export function OverTimeTable({ told: { step, starts, keys } }: { told: ReleasesOverTime }) {
  const rows = starts.flatMap((start, index) =>
    keys.flatMap((series) => {
      const counts = series.counts[index]
      return counts && sumOf(counts) > 0 ? [{ start, key: keyWords(series), counts }] : []
    }),
  )
  return (
    <Table
      label="Releases over time"
      head={
        <>
          <Th>{FIRST_COLUMN[step]}</Th>
          <Th>Key</Th>
          <Th numeric>Released</Th>
          <Th numeric>Denied</Th>
          <Th numeric>Failed</Th>
        </>
      }
    >
      {rows.toReversed().map(({ start, key, counts }) => (
        <Row key={`${start} ${key}`}>
          <RowHeader narrow>
            <time dateTime={start} className="whitespace-nowrap">
              {stepWords(start)}
            </time>
          </RowHeader>
          <Td wrap>{key}</Td>
          <Td numeric>{counts.allowed.toLocaleString('en')}</Td>
          <Td numeric>{counts.denied.toLocaleString('en')}</Td>
          <Td numeric>{counts.failed.toLocaleString('en')}</Td>
        </Row>
      ))}
    </Table>
  )
}
