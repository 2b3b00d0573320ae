'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button'

/** The button of a form with an action: busy while the action runs, a second click does nothing. */
export function SubmitButton(props: Omit<ButtonProps, 'type'>) {
  const { pending } = useFormStatus()
  return <Button variant="primary" {...props} type="submit" busy={props.busy || pending} />
}
