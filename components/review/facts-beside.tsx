import type { FactRow } from '@/lib/domain/reviews/views'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { Diff } from '../ui/diff'

type FactsBesideProps = {
  facts: FactRow[] | null
  at: string | null
  problem: string | null
  /** Still to be decided: then a difference stops it. Afterwards it is what the decision itself changed, or came later. */
  open: boolean
}

/** The frozen request beside what the vault holds now. */
export function FactsBeside({ facts, at, problem, open }: FactsBesideProps) {
  if (!facts) {
    return (
      <Banner
        tone={open ? 'danger' : 'attention'}
        title={open ? 'The vault could not be read, so nothing can be decided now.' : 'The vault could not be read.'}
      >
        {problem ?? 'Try again when it answers.'}
      </Banner>
    )
  }
  const changed = facts.filter(({ differs }) => differs).length
  return (
    <div className="flex flex-col gap-3">
      {open && changed > 0 ? (
        <Banner
          tone="danger"
          title={changed === 1 ? 'One fact has changed since it was submitted.' : `${changed} facts have changed.`}
        >
          Somebody changed the version past Drawbridge. It can’t be enabled like this.
        </Banner>
      ) : null}
      <Diff
        label="The frozen request beside the vault’s facts"
        beforeLabel="Frozen request"
        afterLabel="In the vault now"
        rows={facts.map((row) => ({
          name: row.fact,
          before: <Value text={row.submitted} />,
          after: <Value text={row.inVault} />,
          changed: row.differs,
        }))}
      />
      <p className="text-sm text-text-muted">
        {differenceWords(changed, open)}{' '}
        {at ? (
          <>
            Fetched from the vault at <DateTime value={at} relative="none" withSeconds />.
          </>
        ) : null}
      </p>
    </div>
  )
}

function differenceWords(changed: number, open: boolean): string {
  if (changed === 0) return 'No difference.'
  return open ? '' : 'What differs was changed by the decision itself, or came after it.'
}

function Value({ text }: { text: string }) {
  return <span className="break-all">{text}</span>
}
