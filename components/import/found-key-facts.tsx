import { FORMAT_WORDS } from '@/lib/client/import/key-file-words'
import { nameOfShape } from '@/lib/client/import/key-shape'
import type { KeyFacts } from '@/lib/client/key-worker/key-facts'
import type { KeyFileFormat } from '@/lib/crypto/key-file/read-result'
import { keyWarnings } from '@/lib/crypto/private-key/key-warnings'
import { Banner } from '../ui/banner'
import { type Description, DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'

/** Public facts of a key that was found in a file, and what is worth knowing before it crosses. */
export function FoundKeyFacts({ facts, format }: { facts: KeyFacts; format: KeyFileFormat }) {
  return (
    <div className="flex flex-col gap-4">
      <DescriptionList items={rowsOf(facts, format)} />
      {facts.warnings.map((warning) => (
        <Banner key={warning} tone="attention" title={keyWarnings[warning]} />
      ))}
    </div>
  )
}

function rowsOf({ name, spkiSha256, jwkThumbprint, kcv, ...key }: KeyFacts, format: KeyFileFormat): Description[] {
  const rows: Description[] = [
    { term: 'Type', detail: nameOfShape(key) },
    { term: 'Found in', detail: FORMAT_WORDS[format] },
  ]
  if (name) rows.push({ term: 'Name in the file', detail: <span className="wrap-anywhere">{name}</span> })
  if (spkiSha256) {
    const detail = <Fingerprint value={spkiSha256} label="Copy the key’s SPKI SHA-256" />
    rows.push({ term: 'SHA-256 of the public key (SPKI)', detail })
  }
  if (jwkThumbprint) {
    const detail = <code className="break-all font-mono text-table">{jwkThumbprint}</code>
    rows.push({ term: 'JWK thumbprint (RFC 7638)', detail })
  }
  if (kcv) {
    rows.push(
      { term: 'Check value (AES of a zero block)', detail: <code className="font-mono">{kcv.ecb}</code> },
      { term: 'Check value (CMAC)', detail: <code className="font-mono">{kcv.cmac}</code> },
    )
  }
  return rows
}
