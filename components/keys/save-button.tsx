'use client'

import Download from 'lucide-react/icons/download'
import { saveText } from '@/lib/client/import/save-text'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

type SaveButtonProps = { fileName: string; text: string; type: string; children: string }

/** Saves a public text that stands on the page as a file. */
export function SaveButton({ fileName, text, type, children }: SaveButtonProps) {
  return (
    <Button size="small" icon={<Icon icon={Download} size={14} />} onClick={() => saveText(fileName, text, type)}>
      {children}
    </Button>
  )
}
