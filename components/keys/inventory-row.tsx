'use client'

import clsx from 'clsx'
import type { ListedKey } from '@/lib/client/keys/rows-text'
import { formatKeyId } from '@/lib/domain/keys/key-id'
import { routes } from '@/lib/routes'
import { type CopyMarks, copyMark } from '../ui/copy-mark'
import type { FollowLink } from '../ui/follow-link'
import { relativeWords } from '../ui/time-words'
import { CompromisedBadge, KekBadge, UnderReviewBadge } from './key-state-badge'
import { NOT_RECORDED, ORIGIN_WORDS, protectionWords, typeWords } from './key-words'
import { stateMark } from './state-mark'

/** A longer name takes no more width than this, and breaks anywhere. */
const LONG_NAME = 32

/** What all rows of one table have in common. */
export type RowTools = {
  vaultUrls: ReadonlyMap<string, string>
  now: number
  marks: CopyMarks
  follow: FollowLink
  /** An ISO 8601 time in the reader's zone. */
  timeWords: (value: string) => string
}

/**
 * One key, one line; the row is named by the key. There are fifty of them on a page, so the row and its cells are functions
 * rather than components, and what its elements look like stands once, on the table.
 */
export function keyRow(row: ListedKey, tools: RowTools) {
  return (
    <tr key={`${row.connectionId}/${row.name}`}>
      {nameCell(row, tools)}
      {vaultCell(row, tools)}
      <td>{recorded(typeWords(row.kty, row.sizeOrCurve))}</td>
      <td>{recorded(protectionWords(row.hsmPlatform))}</td>
      <td>{stateAndMarks(row)}</td>
      <td>{ORIGIN_WORDS[row.origin]}</td>
      <td>{row.expiresAt ? expiry(row.expiresAt, tools) : muted('never')}</td>
      <td>{row.updatedAt ? tools.timeWords(row.updatedAt) : recorded(NOT_RECORDED)}</td>
    </tr>
  )
}

function nameCell(row: ListedKey, { follow, marks }: RowTools) {
  const gone = row.state === 'destroy_pending' || row.state === 'destroyed'
  const look = clsx(gone && 'line-through', row.name.length > LONG_NAME && 'long-name')
  return (
    <th scope="row">
      <a href={routes.key(row.connectionId, row.name)} onClick={follow} className={look || undefined}>
        {row.name}
      </a>
      {copyMark({ value: row.name, label: `Copy name ${row.name}`, marks })}
      {row.isKek ? <KekBadge /> : null}
    </th>
  )
}

function vaultCell(row: ListedKey, { vaultUrls, marks }: RowTools) {
  const vaultUrl = vaultUrls.get(row.connectionId)
  if (!vaultUrl) return <td>{row.vaultName}</td>
  const value = formatKeyId({ vaultUrl, name: row.name })
  return (
    <td>
      {row.vaultName}
      {copyMark({ value, label: `Copy key id of ${row.name}`, marks })}
    </td>
  )
}

function stateAndMarks(row: ListedKey) {
  if (!row.underReview && !row.compromised) return stateMark(row.state)
  return (
    <span className="flex flex-col items-start gap-0.5">
      {stateMark(row.state)}
      {row.underReview ? <UnderReviewBadge /> : null}
      {row.compromised ? <CompromisedBadge /> : null}
    </span>
  )
}

const muted = (words: string) => <span className="text-text-muted">{words}</span>

const recorded = (value: string) => (value === NOT_RECORDED ? muted(value) : value)

const SOON_MS = 30 * 24 * 60 * 60 * 1000

/** The exact time; how long that is only where it is soon, so that the eye stops there. */
function expiry(at: string, tools: RowTools) {
  const left = Date.parse(at) - tools.now
  if (left <= 0 || left >= SOON_MS) return tools.timeWords(at)
  return (
    <>
      {tools.timeWords(at)}
      <span className="block font-medium text-attention text-xs">{relativeWords(left)}</span>
    </>
  )
}
