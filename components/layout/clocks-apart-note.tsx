import { Banner } from '../ui/banner'
import { remainingWords } from '../ui/time-words'

/** On every page while this console's clock and the database's tell different times. */
export function ClocksApartNote({ aheadMs }: { aheadMs: number }) {
  const apart = `${remainingWords(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} the database’s`
  return (
    <div className="mb-6">
      <Banner tone="danger" title={`This console’s clock is ${apart}.`}>
        Times and expiries here may be wrong, and what has lapsed by either clock is refused. Ask whoever runs this
        console to set its machine’s clock.
      </Banner>
    </div>
  )
}
