'use client'

import Download from 'lucide-react/icons/download'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { saveText } from '@/lib/client/import/save-text'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { LiveRegion } from '../ui/live-region'

export type DownloadAction = Action<{ kekId: string }, { fileName: string; pem: string }>

type DownloadPublicKeyProps = { kekId: string; download: DownloadAction; disabledReason?: string | undefined }

/** The console records the download first; then the browser saves what it was given. */
export function DownloadPublicKey({ kekId, download, disabledReason }: DownloadPublicKeyProps) {
  const { act, pending, problem } = useAct(download)

  async function save() {
    const file = await act({ kekId })
    if (file?.ok) saveText(file.value.fileName, file.value.pem, 'application/x-pem-file')
  }

  return (
    <>
      <Button
        variant="primary"
        icon={<Icon icon={Download} />}
        busy={pending}
        disabledReason={disabledReason}
        onClick={save}
      >
        Download public key
      </Button>
      <LiveRegion urgent visible>
        {problem ? <span className="text-danger text-sm">{problemWords(problem)}</span> : null}
      </LiveRegion>
    </>
  )
}
