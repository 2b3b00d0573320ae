'use client'

import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { LinkButton } from '../ui/link-button'

/** The way to the form; for others a button that says whom it is for. */
export function NewPersonLink({ closed }: { closed: string | undefined }) {
  if (closed) return <Button disabledReason={closed}>Propose a person</Button>
  return (
    <LinkButton href={routes.newPerson()} variant="primary">
      Propose a person
    </LinkButton>
  )
}
