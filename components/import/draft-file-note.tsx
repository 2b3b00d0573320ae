import type { FileState } from '@/lib/client/import/wizard'
import { Banner } from '../ui/banner'
import { FingerprintPair } from '../ui/fingerprint'

/** A draft was opened: which file it was made with, and whether the one given is the same. */
export function DraftFileNote({ file }: { file: FileState }) {
  if (file.state === 'asked-again') {
    return (
      <Banner tone="information" title={`Choose ${file.name} again.`}>
        A draft keeps the file’s SHA-256, never the file. What you choose is compared with it.
      </Banner>
    )
  }
  if (file.state !== 'not-the-same') return null
  return (
    <Banner tone="danger" title={`This is not the ${file.name} that the draft was made with.`}>
      <div className="flex flex-col gap-3">
        <FingerprintPair
          left={{ name: 'The draft’s file', value: file.sha256 }}
          right={{ name: 'The file you chose', value: file.givenSha256 }}
        />
        <p>Choose the same file, or begin a new import for this one.</p>
      </div>
    </Banner>
  )
}
