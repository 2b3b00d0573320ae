import { readKeyFile } from '@/lib/crypto/key-file/read-key-file'
import { OFFLINE_GENERATOR } from '@/lib/domain/imports/generator'
import { serveKeyDesk } from '../key-worker/serve-key-desk'

// A program: the key worker inside the offline sealer's one file.
serveKeyDesk(readKeyFile, OFFLINE_GENERATOR)
