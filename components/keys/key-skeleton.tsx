import { Skeleton } from '../ui/skeleton'
import { Spinner } from '../ui/spinner'

const FACTS = ['w-40', 'w-72', 'w-64', 'w-32', 'w-44', 'w-56', 'w-24', 'w-48']

/** The vault is being asked: four seconds at most, then the index answers. */
export function KeySkeleton() {
  return (
    <div className="flex flex-col gap-6">
      <div className="text-sm text-text-muted">
        <Spinner label="Reading it from the vault …" />
      </div>
      <div className="flex max-w-3xl flex-col border-t">
        {FACTS.map((width) => (
          <div key={width} className="grid grid-cols-[12rem_1fr] border-b py-3">
            <Skeleton className="h-4 w-24" />
            <Skeleton className={`h-4 max-w-full ${width}`} />
          </div>
        ))}
      </div>
    </div>
  )
}
