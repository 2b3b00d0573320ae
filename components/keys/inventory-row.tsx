import clsx from 'clsx'
import { formatKeyId } from '@/lib/domain/keys/key-id'
import type { InventoryRow } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { CopyMark, type CopyMarks } from '../ui/copy-mark'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Td } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { relativeWords } from '../ui/time-words'
import { CompromisedBadge, KekBadge, KeyStateBadge, UnderReviewBadge } from './key-state-badge'
import { NOT_RECORDED, ORIGIN_WORDS, protectionWords, typeWords } from './key-words'

/** A longer name may break anywhere: it takes no more width than this. */
const LONG_NAME = 32

type KeyRowProps = { row: InventoryRow; vaultUrl: string | undefined; now: Date; marks: CopyMarks }

/** One key, one line; the row is named by the key. */
export function KeyRow({ row, vaultUrl, now, marks }: KeyRowProps) {
  const gone = row.state === 'destroy_pending' || row.state === 'destroyed'
  return (
    <Row>
      <RowHeader>
        <span className="-my-0.5 flex min-w-44 items-center gap-1">
          <TextLink
            quiet
            href={routes.key(row.connectionId, row.name)}
            className={clsx(gone && 'line-through', row.name.length > LONG_NAME ? 'break-all' : 'whitespace-nowrap')}
          >
            {row.name}
          </TextLink>
          <CopyMark value={row.name} label={`Copy name ${row.name}`} marks={marks} />
          {row.isKek ? <KekBadge /> : null}
        </span>
      </RowHeader>
      <Td>
        <span className="-my-0.5 flex items-center gap-1">
          {row.vaultName}
          {vaultUrl ? (
            <CopyMark
              value={formatKeyId({ vaultUrl, name: row.name })}
              label={`Copy key id of ${row.name}`}
              marks={marks}
            />
          ) : null}
        </span>
      </Td>
      <Td>
        <Recorded value={typeWords(row.kty, row.sizeOrCurve)} />
      </Td>
      <Td>
        <Recorded value={protectionWords(row.hsmPlatform)} />
      </Td>
      <Td>
        <span className="flex flex-col items-start gap-0.5">
          <KeyStateBadge state={row.state} />
          {row.underReview ? <UnderReviewBadge /> : null}
          {row.compromised ? <CompromisedBadge /> : null}
        </span>
      </Td>
      <Td>{ORIGIN_WORDS[row.origin]}</Td>
      <Td>
        {row.expiresAt ? <Expiry at={row.expiresAt} now={now} /> : <span className="text-text-muted">never</span>}
      </Td>
      <Td>{row.updatedAt ? <Moment at={row.updatedAt} /> : <Recorded value={NOT_RECORDED} />}</Td>
    </Row>
  )
}

function Recorded({ value }: { value: string }) {
  return value === NOT_RECORDED ? <span className="text-text-muted">{value}</span> : value
}

/** One line where there is room; on a narrow screen the time goes under the date before a column is cut off. */
function Moment({ at }: { at: string }) {
  return (
    <span className="whitespace-normal [&_time]:whitespace-normal">
      <DateTime value={at} relative="none" />
    </span>
  )
}

const SOON_MS = 30 * 24 * 60 * 60 * 1000

/** The exact time; how long that is only where it is soon, so that the eye stops there. */
function Expiry({ at, now }: { at: string; now: Date }) {
  const left = Date.parse(at) - now.getTime()
  return (
    <>
      <Moment at={at} />
      {left > 0 && left < SOON_MS ? (
        <span className="block font-medium text-attention text-xs">{relativeWords(left)}</span>
      ) : null}
    </>
  )
}
