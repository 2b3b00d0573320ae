import { NEW_VERSION_CONSEQUENCES } from '@/lib/domain/preflight/name-state-check'
import { ConfirmDialog } from '../ui/confirm-dialog'

type RejectDialogProps = {
  open: boolean
  keyName: string
  addedToExistingName: boolean
  onClose: () => void
  onConfirm: () => unknown
}

/** What will be true after a rejection, before it is one. */
export function RejectDialog({ open, keyName, addedToExistingName, onClose, onConfirm }: RejectDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Reject the import of ${keyName}`}
      consequence={
        <div className="flex flex-col gap-2">
          <p>The version stays in the vault, disabled, and is tagged as rejected. It can’t be enabled afterwards.</p>
          <p>
            {addedToExistingName
              ? `It was added to a name that existed. ${NEW_VERSION_CONSEQUENCES}`
              : 'This import created the name, so the whole key can be deleted afterwards while it has no other version.'}
          </p>
        </div>
      }
      confirmLabel="Reject import"
      onConfirm={onConfirm}
    />
  )
}
