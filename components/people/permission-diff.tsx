import type { Permission } from '@/lib/domain/people/permissions'
import { Shape } from '../ui/shape'
import { PERMISSION_WORDS } from './permission-words'

type PermissionDiffProps = { gained: readonly Permission[]; lost: readonly Permission[] }

/** What somebody may do afterwards and could not before, and the other way round. */
export function PermissionDiff({ gained, lost }: PermissionDiffProps) {
  if (gained.length + lost.length === 0) {
    return <p className="text-sm text-text-muted">Nothing that they may do changes.</p>
  }
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <Permissions title="May then" shape="circle" permissions={gained} none="Nothing more." />
      <Permissions title="May no longer" shape="cross" permissions={lost} none="Nothing less." />
    </div>
  )
}

type PermissionsProps = { title: string; shape: 'circle' | 'cross'; permissions: readonly Permission[]; none: string }

function Permissions({ title, shape, permissions, none }: PermissionsProps) {
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <h3 className="font-medium">{title}</h3>
      {permissions.length === 0 ? (
        <p className="text-text-muted">{none}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {permissions.map((permission) => (
            <li key={permission} className="flex items-baseline gap-2">
              <Shape name={shape} />
              {PERMISSION_WORDS[permission]}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
