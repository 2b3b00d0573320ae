import { OFFLINE_GENERATOR } from '@/lib/domain/imports/generator'
import { el } from '../sealer-page/element'
import { holdDropsBeside } from '../sealer-page/file-drop'
import { tabs } from '../sealer-page/tabs'
import { startSealerWorker } from './blob-worker'
import { inspectTab } from './inspect-tab'
import { sealTab } from './seal-tab'

// A program: the page of the offline sealer's one file.
holdDropsBeside()
document.body.append(
  el(
    'header',
    {},
    el('p', { class: 'wordmark' }, 'Drawbridge'),
    el('h1', {}, 'Offline sealer'),
    el(
      'p',
      { class: 'lead' },
      'Seals a key file for a vault, on a machine without a network. It fetches nothing and sends nothing: its policy refuses connections, and no word of its program asks for one.',
    ),
  ),
  el(
    'main',
    {},
    tabs('What to do', [
      { id: 'seal', title: 'Seal a key', panel: sealTab(startSealerWorker) },
      { id: 'inspect', title: 'Inspect a blob', panel: inspectTab() },
    ]),
  ),
  el(
    'footer',
    {},
    el(
      'p',
      {},
      `${OFFLINE_GENERATOR}. Before you use it, compare the SHA-256 of this file (`,
      el('code', {}, 'sha256sum drawbridge-sealer.html'),
      ') with the one on the console’s page of the KEK.',
    ),
  ),
)
