'use client'

import clsx from 'clsx'
import FileUp from 'lucide-react/icons/file-up'
import { type DragEvent, useState } from 'react'
import type { ControlProps } from './field'
import { Icon } from './icon'

type FileDropProps = Omit<ControlProps, 'aria-invalid'> & {
  'aria-invalid'?: true | undefined
  /** As the input's `accept`: ".byok,.json". A hint to the picker, not a check. */
  accept?: string
  /** Said inside the zone, such as "Drop the .byok file here". */
  prompt: string
  /** The name of the file that was taken, once there is one. */
  fileName?: string | undefined
  onFile: (file: File) => void
  /** Takes several at once: `onFile` is called for each. */
  multiple?: boolean
}

/** A drop zone around a real file input: keyboard, screen reader and drag work alike. The file goes to the caller only. */
export function FileDrop({ accept, prompt, fileName, onFile, multiple = false, ...control }: FileDropProps) {
  const [over, setOver] = useState(false)

  function take(files: FileList | null) {
    for (const file of [...(files ?? [])].slice(0, multiple ? undefined : 1)) onFile(file)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }

  return (
    <label
      htmlFor={control.id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={clsx(
        'flex min-h-32 flex-col items-center justify-center gap-2 rounded border border-dashed px-6 py-6 text-center text-sm',
        'has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:bg-sunken',
        control['aria-invalid'] && 'border-danger',
      )}
    >
      <Icon icon={FileUp} size={20} className="text-text-muted" />
      {fileName ? <span className="break-all font-medium font-mono">{fileName}</span> : <span>{prompt}</span>}
      <span className="text-accent underline underline-offset-2">
        {multiple ? 'or choose files' : fileName ? 'Choose another file' : 'or choose a file'}
      </span>
      <input
        {...control}
        type="file"
        accept={accept}
        multiple={multiple}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
    </label>
  )
}
