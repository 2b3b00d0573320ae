import type { CeremonyRecord } from '@/lib/domain/imports/views'
import { DateTime } from '../ui/date-time'
import type { Description } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'
import { ImportOriginWords } from './import-origin-words'

export function recordFile({ file, tool, origin }: CeremonyRecord): Description[] {
  return [
    { term: 'Origin', detail: <ImportOriginWords origin={origin.origin} /> },
    ...(origin.acknowledged ? [{ term: 'Acknowledged', detail: 'By the importer: the server would see the key' }] : []),
    { term: 'File', detail: file.bytes === null ? file.name : `${file.name}, ${file.bytes} bytes` },
    ...recordDigests(file),
    ...(file.sha256 ? [{ term: 'Tool', detail: tool.generator ?? 'The file names none' }] : []),
    { term: 'Console', detail: tool.console },
  ]
}

function recordDigests({ sha256, sentSha256, normalised }: CeremonyRecord['file']): Description[] {
  if (!sha256 || !sentSha256) {
    return [{ term: 'SHA-256', detail: 'None is kept: it would be made of the key, which went in the clear' }]
  }
  const file = { term: 'SHA-256', detail: <Fingerprint value={sha256} label="Copy the file’s SHA-256" /> }
  if (sentSha256 === sha256) return [file, { term: 'Sent', detail: 'As it is' }]
  const sent = (
    <>
      <Fingerprint value={sentSha256} label="Copy the SHA-256 of what was sent" />
      <span className="block text-text-muted">{normalised.join(', ')}</span>
    </>
  )
  return [file, { term: 'Sent, normalised', detail: sent }]
}

export function recordKey({ key }: CeremonyRecord): Description[] {
  return [
    { term: 'Name', detail: <code className="break-all font-mono">{key.name}</code> },
    {
      term: 'Key identifier',
      detail: key.kid ? <KeyId value={key.kid} label="Copy key identifier" length={0} /> : 'None: it never arrived',
    },
    { term: 'Type', detail: `${key.kty}, ${key.sizeOrCurve}` },
    { term: 'Operations', detail: key.operations.join(', ') },
    { term: 'Not before', detail: key.notBefore ? <DateTime value={key.notBefore} relative="none" /> : 'Not set' },
    { term: 'Expiry', detail: key.expiresAt ? <DateTime value={key.expiresAt} relative="none" /> : 'Never' },
    { term: 'Exportable', detail: key.exportable ? 'Yes, under its release policy' : 'No' },
    { term: 'hsmPlatform', detail: key.hsmPlatform ?? 'Not recorded' },
    ...valueRows(key),
  ]
}

/** What the key is compared by: which of the three there is depends on its type. */
function valueRows(key: CeremonyRecord['key']): Description[] {
  if (key.valuesWithheld) {
    return [{ term: 'Value to compare', detail: 'Left out until the review is decided: it is compared blind' }]
  }
  const rows: Description[] = []
  if (key.publicKeySha256) {
    const detail = <Fingerprint value={key.publicKeySha256} label="Copy SPKI SHA-256" />
    rows.push({ term: 'SPKI SHA-256, as the vault holds it', detail })
  }
  if (key.jwkThumbprint) {
    const detail = <KeyId value={key.jwkThumbprint} label="Copy thumbprint" length={0} />
    rows.push({ term: 'RFC 7638 thumbprint of it', detail })
  }
  if (key.keyCheckValue) {
    const detail = <KeyId value={key.keyCheckValue} label="Copy key check value" length={0} />
    rows.push({ term: 'Key check value', detail })
  }
  return rows
}

const OUTCOMES = { equal: 'Equal', different: 'Different', 'not compared': 'Not compared' } as const

export function recordDecision({ comparison, decision, times }: CeremonyRecord): Description[] {
  return [
    {
      term: 'Comparison',
      detail: (
        <>
          {OUTCOMES[comparison.outcome]}
          {comparison.outcome === 'not compared' ? null : `, by ${comparison.by}`}
          {comparison.value ? <ComparedValue value={comparison.value} /> : null}
        </>
      ),
    },
    { term: 'Decision', detail: decision.decision },
    { term: 'Reason', detail: decision.reason ?? 'None yet' },
    ...(decision.windowMs === null
      ? []
      : [{ term: 'Window for the check value', detail: `${decision.windowMs} ms enabled, for encrypt only` }]),
    { term: 'Submitted', detail: <DateTime value={times.submitted} relative="none" withSeconds /> },
    { term: 'Arrived', detail: <MaybeTime iso={times.arrived} /> },
    { term: 'Decided', detail: <MaybeTime iso={times.decided} /> },
  ]
}

/** A SHA-256 in groups, as everywhere; a thumbprint or check value as it was given. */
function ComparedValue({ value }: { value: string }) {
  return (
    <span className="block">
      {/^[0-9a-f]{64}$/.test(value) ? (
        <Fingerprint value={value} label="Copy the compared value" />
      ) : (
        <code className="break-all font-mono text-table">{value}</code>
      )}
    </span>
  )
}

function MaybeTime({ iso }: { iso: string | null }) {
  return iso ? <DateTime value={iso} relative="none" withSeconds /> : 'Not yet'
}
