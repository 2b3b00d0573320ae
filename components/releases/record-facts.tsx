import type { LogRecordView } from '@/lib/domain/releases/history/views'
import { DateTime } from '../ui/date-time'
import { type Description, DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { RecordKey } from './record-key'

const NOT_TOLD = <span className="text-text-muted">not told</span>

/** Everything that the vault's log says of one call. */
export function RecordFacts({ record }: { record: LogRecordView }) {
  return <DescriptionList items={factsOf(record)} />
}

function factsOf(record: LogRecordView): Description[] {
  const id = (value: string | null, label: string) =>
    value ? <KeyId value={value} label={label} length={0} /> : NOT_TOLD
  return [
    { term: 'Time', detail: <DateTime value={record.at} relative="inline" withSeconds /> },
    { term: 'Operation', detail: <code className="font-mono">{record.operation}</code> },
    { term: 'Key', detail: <RecordKey record={record} /> },
    { term: 'Version', detail: record.keyVersion ? id(record.keyVersion, 'Copy version') : 'none named: the newest' },
    { term: 'Status', detail: [record.status, record.signature].filter((part) => part !== null).join(' ') },
    { term: 'Code', detail: record.releaseCode ?? NOT_TOLD },
    { term: 'The vault’s words', detail: <span className="wrap-anywhere">{record.description ?? NOT_TOLD}</span> },
    { term: 'Name of the caller', detail: <span className="wrap-anywhere">{record.upn ?? NOT_TOLD}</span> },
    { term: 'Object id', detail: id(record.objectId, 'Copy object id') },
    { term: 'Application', detail: id(record.appId, 'Copy application id') },
    { term: 'Address', detail: id(record.address, 'Copy address') },
    { term: 'Correlation id', detail: id(record.correlationId, 'Copy correlation id') },
    { term: 'Read by Drawbridge', detail: <DateTime value={record.readAt} relative="inline" withSeconds /> },
    { term: 'Digest of the record', detail: id(record.digest, 'Copy digest') },
  ]
}
