import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { shortenMiddle } from '../ui/shorten-middle'

/** Who called, as the token said: a name where there is one, else the ids. */
export function RecordCaller({ record }: { record: Pick<LogRecordView, 'objectId' | 'appId' | 'upn'> }) {
  const { objectId, appId, upn } = record
  if (objectId === null && appId === null && upn === null) return <span className="text-text-muted">not told</span>
  return (
    <>
      {upn ? <span className="wrap-anywhere block">{upn}</span> : null}
      {objectId ? <IdLine word="object" value={objectId} /> : null}
      {appId ? <IdLine word="app" value={appId} /> : null}
    </>
  )
}

function IdLine({ word, value }: { word: string; value: string }) {
  return (
    <span className="block whitespace-nowrap text-xs">
      <span className="text-text-muted">{word}</span> <code className="font-mono">{shortenMiddle(value, 20)}</code>
    </span>
  )
}
