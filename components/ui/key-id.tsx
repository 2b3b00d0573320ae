import { CopyButton } from './copy-button'
import { shortenMiddle } from './shorten-middle'

type KeyIdProps = {
  value: string
  /** What is copied, as in "Copy key id". */
  label: string
  /** Characters to show. 0 shows all of it, broken over lines. */
  length?: number
}

/** A long id in mono, shortened in the middle only because a copy button stands beside it. */
export function KeyId({ value, label, length = 32 }: KeyIdProps) {
  const short = length === 0 ? value : shortenMiddle(value, length)
  return (
    <span className="inline-flex items-center gap-1">
      <code className={length === 0 ? 'break-all font-mono text-table' : 'whitespace-nowrap font-mono text-table'}>
        {short === value ? (
          value
        ) : (
          <>
            <span aria-hidden="true" className="print:hidden">
              {short}
            </span>
            <span className="sr-only print:not-sr-only print:break-all">{value}</span>
          </>
        )}
      </code>
      <CopyButton value={value} label={label} />
    </span>
  )
}
