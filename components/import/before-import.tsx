import type { ComponentProps } from 'react'
import { routes } from '@/lib/routes'
import { Duties } from '../account/duties'
import { EmptyState } from '../ui/empty-state'
import { LinkButton } from '../ui/link-button'
import { PageHeader } from '../ui/page-header'

/** Asked in place, before the first step: the address stays, so that the wizard begins where it was meant to. */
export function DutiesFirst({ duties, acknowledge }: ComponentProps<typeof Duties>) {
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="Import a key" />
      <Duties duties={duties} acknowledge={acknowledge} />
    </div>
  )
}

export function NothingToImportUnder() {
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="Import a key" />
      <EmptyState
        action={
          <LinkButton href={routes.newKek()} variant="primary">
            Create a KEK
          </LinkButton>
        }
      >
        A key crosses wrapped under a KEK of the vault that receives it, and no vault has one yet.
      </EmptyState>
    </div>
  )
}

export function NoVaultYet() {
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="Import a key" />
      <EmptyState action={<LinkButton href={routes.vaults()}>Vaults</LinkButton>}>
        A key crosses into a vault, and none is connected yet.
      </EmptyState>
    </div>
  )
}
