import type { LogRecordView } from '@/lib/domain/releases/history/views'

type ReportCallerProps = { record: Pick<LogRecordView, 'upn' | 'objectId' | 'appId' | 'address'> }

/** Who called and from where, with every id in full: paper can't be asked for more. */
export function ReportCaller({ record: { upn, objectId, appId, address } }: ReportCallerProps) {
  const parts = [
    ['object', objectId],
    ['app', appId],
  ] as const
  return (
    <>
      {upn ? <span className="block">{upn}</span> : null}
      {parts.map(([word, id]) =>
        id ? (
          <span key={word} className="block text-xs">
            <span className="text-text-muted">{word}</span> <code className="font-mono">{id}</code>
          </span>
        ) : null,
      )}
      {upn || objectId || appId ? null : <span className="text-text-muted">nobody named</span>}
      <span className="block text-xs">
        <span className="text-text-muted">from</span>{' '}
        {address ? <code className="font-mono">{address}</code> : 'an address that is not told'}
      </span>
    </>
  )
}
