'use client'

import clsx from 'clsx'
import FileUp from 'lucide-react/icons/file-up'
import { type ChangeEvent, type DragEvent, useState } from 'react'
import { type ChosenFile, chosenFrom, droppedFrom } from '@/lib/client/batch/chosen-files'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Icon } from '../ui/icon'
import { LiveRegion } from '../ui/live-region'

const FOLDER_ID = `${FIELD_IDS.file}-folder`
const HINT_ID = `${FIELD_IDS.file}-hint`

/** The browser’s own way to choose a whole folder, which React has no name for. */
const forFolders = (input: HTMLInputElement | null) => {
  if (input) input.webkitdirectory = true
}

/** Takes any number of files, and whole folders: by a choice of one or the other, or dropped. */
export function FilesDrop({ onFiles }: { onFiles: (files: readonly ChosenFile[]) => void }) {
  const [over, setOver] = useState(false)
  const [unread, setUnread] = useState(false)

  function choose({ target }: ChangeEvent<HTMLInputElement>) {
    onFiles(chosenFrom(target.files ?? []))
    target.value = ''
  }

  async function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    setUnread(false)
    try {
      onFiles(await droppedFrom(event.dataTransfer.items))
    } catch (cause) {
      console.warn('what was dropped could not be read', cause instanceof Error ? cause.name : typeof cause)
      setUnread(true)
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for a pointer; both inputs within serve every other way
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
      className={clsx(
        'flex min-h-32 flex-col items-center justify-center gap-3 rounded border border-dashed px-6 py-6 text-center text-sm',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
    >
      <Icon icon={FileUp} size={20} className="text-text-muted" />
      <span>Drop key files, .byok files or a whole folder here</span>
      <div className="flex flex-wrap justify-center gap-x-6 gap-y-2">
        <Choice id={FIELD_IDS.file} label="Choose key files and transfer blobs" onChange={choose} />
        <Choice id={FOLDER_ID} label="Choose a folder" onChange={choose} folder />
      </div>
      <LiveRegion urgent visible>
        {unread
          ? 'What was dropped could not be read to its end, so nothing of it was taken. Choose the folder instead.'
          : null}
      </LiveRegion>
      <span id={HINT_ID} className="max-w-prose text-text-muted">
        PEM, PKCS#12, OpenSSH, JSON Web Key or raw bytes, encrypted or not, and .byok files. A CSV file among them is
        taken as the manifest.
      </span>
    </div>
  )
}

type ChoiceProps = {
  id: string
  label: string
  onChange: (event: ChangeEvent<HTMLInputElement>) => void
  folder?: boolean
}

function Choice({ id, label, onChange, folder = false }: ChoiceProps) {
  return (
    <label
      htmlFor={id}
      className="cursor-pointer text-accent underline underline-offset-2 has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2"
    >
      {label}
      <input
        id={id}
        type="file"
        multiple
        ref={folder ? forFolders : undefined}
        aria-describedby={HINT_ID}
        className="sr-only"
        onChange={onChange}
      />
    </label>
  )
}
