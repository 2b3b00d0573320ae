'use client'

import Printer from 'lucide-react/icons/printer'
import { Button } from './button'
import { Icon } from './icon'

export function PrintButton({ children = 'Print' }: { children?: string }) {
  return (
    <Button icon={<Icon icon={Printer} />} onClick={() => window.print()}>
      {children}
    </Button>
  )
}
