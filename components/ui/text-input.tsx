import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { inputClass } from './control-style'

type TextInputProps = ComponentProps<'input'> & { mono?: boolean }

export function TextInput({ mono = false, className, ...props }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={mono ? false : undefined}
      {...props}
      className={clsx(inputClass, mono && 'font-mono', className)}
    />
  )
}
