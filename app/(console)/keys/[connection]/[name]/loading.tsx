import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { Spinner } from '@/components/ui/spinner'
import { routes } from '@/lib/routes'

const FACTS = ['w-40', 'w-72', 'w-64', 'w-32', 'w-44', 'w-56', 'w-24', 'w-48']

/** The vault is being asked: four seconds at most, then the index answers. */
export default function KeyLoading() {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Key"
        crumbs={[{ label: 'Keys', href: routes.keys() }]}
        lead={<Spinner label="Reading it from the vault …" />}
      />
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
