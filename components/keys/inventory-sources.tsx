import type { InventorySource } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'
import { Shape } from '../ui/shape'
import { TextLink } from '../ui/text-link'

type SourcesProps = { sources: readonly InventorySource[] }

const unreadable = (source: InventorySource) => source.state === 'not_answering' || source.state === 'not_activated'

/** A vault that can't be read is said so above the list, with the age of what is shown of it. */
export function SourceProblems({ sources }: SourcesProps) {
  return sources.filter(unreadable).map((source) => (
    <Banner
      key={source.connectionId}
      tone="attention"
      title={
        <>
          Keys of vault {source.vaultName} can’t be read
          {source.state === 'not_activated' ? ': it is not activated' : null};{' '}
          {source.indexedAt ? (
            <>
              last seen <DateTime value={source.indexedAt} relative="inline" />
            </>
          ) : (
            'never seen so far'
          )}
        </>
      }
      actions={<TextLink href={routes.vault(source.connectionId)}>See the vault</TextLink>}
    >
      {source.indexedAt
        ? 'What stands below of this vault is as it was then. Keys of other vaults are not affected.'
        : 'None of its keys stand below. Keys of other vaults are not affected.'}
    </Banner>
  ))
}

const SHOWN_AT_ONCE = 3

/** How old what we show is, vault by vault. */
export function SourceAges({ sources }: SourcesProps) {
  if (sources.length === 0) return null
  const list = (
    <ul className="flex min-w-0 flex-1 flex-wrap gap-x-6 gap-y-1 text-table text-text-muted">
      {sources.map((source) => (
        <SourceAge key={source.connectionId} source={source} />
      ))}
    </ul>
  )
  if (sources.length <= SHOWN_AT_ONCE) return list
  const failing = sources.filter(unreadable).length
  const summary = `${sources.length} vaults${failing > 0 ? `, ${failing} can’t be read` : ''}: when each was read`
  return <Disclosure summary={summary}>{list}</Disclosure>
}

function SourceAge({ source }: { source: InventorySource }) {
  const broken = unreadable(source)
  return (
    <li className="flex flex-wrap items-center gap-x-1.5">
      <Shape
        name={broken ? 'cross' : source.indexedAt ? 'circle' : 'ring'}
        className={broken ? 'text-danger' : source.indexedAt ? 'text-good' : ''}
      />
      <span className="whitespace-nowrap text-text">{source.vaultName}</span>
      {source.indexedAt ? (
        <span>
          read <DateTime value={source.indexedAt} relative="inline" />
        </span>
      ) : (
        'not read yet'
      )}
    </li>
  )
}
