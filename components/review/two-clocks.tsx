import { ACT_WITHIN_MS, APPROVAL_VALID_MS } from '@/lib/domain/reviews/clocks'
import { Fingerprint } from '../ui/fingerprint'

type TwoClocksProps = {
  frozenSha256: string
  required: number
  /** What is asked of the vault before it is told. */
  checkedAgain?: string
}

const CHECKED_AGAIN = 'Just before the vault is told, the version is read once more and the hash computed anew.'

/** What an approval covers, and how long it and the act that follows may take. */
export function TwoClocks({ frozenSha256, required, checkedAgain = CHECKED_AGAIN }: TwoClocksProps) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="max-w-prose">
        Your approval covers exactly the frozen request, by its SHA-256. Any change voids it. {checkedAgain}
      </p>
      <Fingerprint value={frozenSha256} label="Copy the SHA-256 of the frozen request" />
      <dl className="grid max-w-prose gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        <dt className="font-medium">{APPROVAL_VALID_MS / 3_600_000} hours</dt>
        <dd className="text-text-muted">after which an approval lapses, if it was not carried out.</dd>
        <dt className="font-medium">{ACT_WITHIN_MS / 60_000} minutes</dt>
        <dd className="text-text-muted">
          {required > 1
            ? `within which the vault must be told after the last of ${required} approvals. That follows it at once.`
            : 'within which the vault must be told. Here that follows at once: both clocks matter only after a crash.'}
        </dd>
      </dl>
    </div>
  )
}
