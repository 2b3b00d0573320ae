import type { ImportView } from '@/lib/domain/imports/views'
import { familyOf, isSizeOrCurve } from '@/lib/domain/keys/key-type'
import { shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { DateTime } from '../ui/date-time'
import { type Description, DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'
import { ImportOriginWords } from './import-origin-words'

/** What was submitted, by whom, and where it went. */
type ImportFactsProps = {
  view: ImportView
  /** Beside the frozen request, which says the rest: only what is not in it. */
  besideFrozen?: boolean
}

export function ImportFacts({ view, besideFrozen = false }: ImportFactsProps) {
  return <DescriptionList items={besideFrozen ? wayOf(view) : [...keyOf(view), ...wayOf(view)]} />
}

function keyOf(view: ImportView): Description[] {
  const { target } = view
  return [
    { term: 'Key', detail: <code className="break-all font-mono">{view.keyName}</code> },
    { term: 'Vault', detail: `${view.vaultName} (${view.environment}), ${view.vaultUrl}` },
    {
      term: 'Key identifier',
      detail: view.kid ? <KeyId value={view.kid} label="Copy key identifier" length={0} /> : 'Not known yet',
    },
    { term: 'Type', detail: typeWords(target.kty, target.sizeOrCurve) },
    { term: 'Operations', detail: <code className="font-mono">{target.keyOps.join(', ')}</code> },
  ]
}

/** How it came: origin, KEK, file, person and time. */
function wayOf(view: ImportView): Description[] {
  const { kek, blob } = view
  return [
    { term: 'Origin', detail: <ImportOriginWords origin={view.origin} /> },
    ...(kek ? [{ term: 'KEK', detail: <KeyId value={kek.kid} label="Copy the KEK’s identifier" length={0} /> }] : []),
    { term: 'File', detail: blob ? <BlobFile name={view.fileName} blob={blob} /> : view.fileName },
    ...(blob && blob.sentSha256 !== blob.sha256
      ? [
          {
            term: 'Sent, normalised',
            detail: <Fingerprint value={blob.sentSha256} label="Copy the SHA-256 of what was sent" />,
          },
        ]
      : []),
    {
      term: 'Submitted',
      detail: (
        <>
          <DateTime value={view.submittedAt} relative="none" withSeconds />
          <span className="block text-text-muted">by {view.importerName}</span>
        </>
      ),
    },
  ]
}

function BlobFile({ name, blob }: { name: string; blob: NonNullable<ImportView['blob']> }) {
  return (
    <span className="flex flex-col gap-1">
      {name}, {blob.bytes} bytes, made by {blob.generator ?? 'an unnamed tool'}
      <Fingerprint value={blob.sha256} label="Copy the file’s SHA-256" />
    </span>
  )
}

function typeWords(kty: ImportView['target']['kty'], sizeOrCurve: string): string {
  const family = familyOf(kty)
  return isSizeOrCurve(family, sizeOrCurve) ? `${shapeName({ family, sizeOrCurve })} (${kty})` : `${kty} ${sizeOrCurve}`
}
