import clsx from 'clsx'
import { CopyButton } from './copy-button'
import { firstDifference, groupsOfFour } from './fingerprint-groups'

type FingerprintProps = {
  value: string
  /** What is copied, as in "Copy SHA-256 fingerprint". */
  label: string
  /** Too small to compare on paper? `large` is for sheets and for reading aloud. */
  large?: boolean
}

/** A digest in groups of four, mono, to copy and to compare. */
export function Fingerprint({ value, label, large = false }: FingerprintProps) {
  return (
    <span className="inline-flex items-start gap-1.5">
      <Groups groups={groupsOfFour(value)} large={large} />
      <CopyButton value={value} label={label} />
    </span>
  )
}

type PairProps = { left: { name: string; value: string }; right: { name: string; value: string } }

/** Two digests, one above the other in the same columns, with the first differing group marked and named. */
export function FingerprintPair({ left, right }: PairProps) {
  const sides = [left, right].map(({ name, value }) => ({ name, groups: groupsOfFour(value) }))
  const at = firstDifference(groupsOfFour(left.value), groupsOfFour(right.value))
  return (
    <div className="flex flex-col gap-3 text-sm">
      {sides.map(({ name, groups }) => (
        <div key={name} className="flex flex-col gap-0.5">
          <span className="text-table text-text-muted">{name}</span>
          <Groups groups={groups} differsAt={at} />
        </div>
      ))}
      <p className={clsx('font-medium', at < 0 ? 'text-good' : 'text-danger')}>
        {at < 0 ? '✓ Equal in every group.' : `✗ They differ first in group ${at + 1}.`}
      </p>
    </div>
  )
}

type GroupsProps = { groups: readonly string[]; large?: boolean; differsAt?: number }

function Groups({ groups, large = false, differsAt = -1 }: GroupsProps) {
  return (
    <code
      className={clsx(
        'grid w-fit gap-x-2.5 font-mono',
        large ? 'grid-cols-4 text-lg sm:grid-cols-8' : 'grid-cols-4 text-table sm:grid-cols-8',
      )}
    >
      {groups.map((group, index) =>
        index === differsAt ? (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: groups of one fixed value
            key={index}
            className="rounded-sm bg-danger-soft font-semibold text-danger outline outline-1 outline-danger"
          >
            {group}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one fixed value
          <span key={index}>{group}</span>
        ),
      )}
    </code>
  )
}
