import type { FileFacts } from '@/lib/client/import/wizard'
import { type Description, DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'

/** Public facts of the chosen file. */
export function FileSummary({ facts }: { facts: FileFacts }) {
  const items: Description[] = [
    { term: 'File', detail: `${facts.name}, ${facts.length} bytes` },
    { term: 'SHA-256 of the file', detail: <Fingerprint value={facts.sha256} label="Copy the file’s SHA-256" /> },
  ]
  if (facts.kid) {
    items.push(
      { term: 'KEK it names', detail: <KeyId value={facts.kid} label="Copy key identifier" length={0} /> },
      { term: 'Made by', detail: facts.generator ?? 'The file does not say.' },
      { term: 'Ciphertext', detail: `${facts.ciphertextLength ?? 0} bytes` },
    )
  }
  return <DescriptionList items={items} />
}
