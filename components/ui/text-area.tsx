import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { inputClass } from './control-style'

type TextAreaProps = ComponentProps<'textarea'> & { mono?: boolean }

export function TextArea({ mono = false, className, rows = 4, ...props }: TextAreaProps) {
  return (
    <textarea
      rows={rows}
      spellCheck={mono ? false : undefined}
      {...props}
      className={clsx(inputClass, mono && 'font-mono text-table', className)}
    />
  )
}
