import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { shortenMiddle } from '../ui/shorten-middle'
import { TextLink } from '../ui/text-link'

type RecordKeyProps = {
  record: Pick<LogRecordView, 'connectionId' | 'connectionName' | 'vault' | 'keyName' | 'keyVersion'>
}

/** The key that a record is about, with the version that the call named. */
export function RecordKey({ record }: RecordKeyProps) {
  const { connectionId, connectionName, vault, keyName, keyVersion } = record
  const linked = connectionId !== null && keyName !== null && KEY_NAME_PATTERN.test(keyName)
  return (
    <>
      {linked ? (
        <TextLink quiet href={routes.key(connectionId, keyName, keyVersion ?? undefined)}>
          {keyName}
        </TextLink>
      ) : (
        <span className="wrap-anywhere">{keyName ?? 'no key named'}</span>
      )}
      <span className="block text-text-muted text-xs">
        {connectionName ?? `${vault} (not connected)`},{' '}
        {keyVersion === null ? (
          'newest version'
        ) : (
          <code className="whitespace-nowrap font-mono">{shortenMiddle(keyVersion, 13)}</code>
        )}
      </span>
    </>
  )
}
