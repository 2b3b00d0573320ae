'use client'

import { useRouter } from 'next/navigation'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { routes } from '@/lib/routes'
import { ConfirmDialog } from '../ui/confirm-dialog'
import type { RemoveAction } from './vault-acts'

type RemoveVaultDialogProps = { vault: { id: string; name: string }; action: RemoveAction; onClose: () => void }

export default function RemoveVaultDialog({ vault, action, onClose }: RemoveVaultDialogProps) {
  const { act, problem } = useAct(action)
  const router = useRouter()

  async function confirm() {
    const answer = await act({ connectionId: vault.id, typedName: vault.name })
    if (!answer?.ok) return
    router.push(routes.vaults())
    router.refresh()
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Remove vault ${vault.name}`}
      consequence={
        <p className="text-sm">
          Its keys leave the inventory and nobody can import into it, review or stop a key of it here. The vault itself
          and its keys are not touched; the audit log keeps all that happened.
        </p>
      }
      confirmLabel={`Remove vault ${vault.name}`}
      typeToConfirm={vault.name}
      error={problem ? problemWords(problem) : undefined}
      onConfirm={confirm}
    />
  )
}
