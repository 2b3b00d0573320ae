/** A file as it was chosen: `name` is its path below the chosen folder, as a manifest names it. */
export interface ChosenFile {
  name: string
  file: File
}

/** More than a folder of key files has: a disk that was dropped is not walked to its end. */
const WALKED_AT_MOST = 2_000
/** What systems put into folders beside the files. */
const NO_KEY_FILE = /^(?:\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i

const named = (path: string, file: File): ChosenFile => ({ name: path.normalize('NFC'), file })

const byName = new Intl.Collator('en', { numeric: true })
/** `key-2` before `key-10`, whatever order the system lists them in. */
const inOrder = (files: ChosenFile[]) => files.sort((one, other) => byName.compare(one.name, other.name))

/** Of an input. With a whole folder, its own name is left out. */
export function chosenFrom(files: Iterable<File>): ChosenFile[] {
  const chosen = [...files].map((file) => named(file.webkitRelativePath.replace(/^[^/]*\//, '') || file.name, file))
  return inOrder(chosen)
}

/** What was dropped: files, and folders with all that is in them. Call it in the event itself: later there is nothing. */
export async function droppedFrom(items: Iterable<DataTransferItem>): Promise<ChosenFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const found: ChosenFile[] = []
  const walks = entries.map((entry) => {
    // A folder's own name is left out; that of a file is all there is.
    const above = entry.isDirectory ? `${entry.fullPath}/`.length : 1
    return walk(entry, above, found)
  })
  await Promise.all(walks)
  return inOrder(found)
}

async function walk(entry: FileSystemEntry, above: number, found: ChosenFile[]): Promise<void> {
  if (found.length >= WALKED_AT_MOST) return
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    found.push(named(entry.fullPath.slice(above), file))
    return
  }
  if (!isDirectoryEntry(entry)) return
  const reader = entry.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const each of some) await walk(each, above, found)
  }
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectoryEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

export interface SortedFiles {
  keys: ChosenFile[]
  /** A CSV file among them says what becomes of the others; null: there is none, or more than one. */
  manifest: File | null
  /** What systems leave in folders, and tables: no key files. */
  leftOut: string[]
}

export function sortChosen(chosen: readonly ChosenFile[]): SortedFiles {
  const isTable = ({ name }: ChosenFile) => /\.csv$/i.test(name)
  const isKey = (file: ChosenFile) => !isTable(file) && !file.name.split('/').some((part) => NO_KEY_FILE.test(part))
  const tables = chosen.filter(isTable)
  const [manifest] = tables
  const used = tables.length === 1 ? manifest : undefined
  return {
    keys: chosen.filter(isKey),
    manifest: used?.file ?? null,
    leftOut: chosen.filter((file) => !isKey(file) && file !== used).map(({ name }) => name),
  }
}
