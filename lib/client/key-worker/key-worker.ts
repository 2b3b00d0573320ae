import { readKeyFile } from '@/lib/crypto/key-file/read-key-file'
import { serveKeyDesk } from './serve-key-desk'

// A program: the bundler starts this file as a dedicated worker and nothing else imports it.
serveKeyDesk(readKeyFile)
