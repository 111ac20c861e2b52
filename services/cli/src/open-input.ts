import { type FileHandle, mkdtemp, open, rmdir, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandError } from './command-error.ts'

export const standardInput = 'standard input'

export interface Input {
  /** For messages. */
  readonly name: string
  /** A pipe or a terminal: it comes once, and ends when it likes. */
  readonly isStream: boolean
  /** A file up to the size that it had when it was opened, as often as asked; a stream once. */
  chunks(): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

export interface TwiceReadable {
  first(): AsyncIterable<Uint8Array>
  /** After `first` has been read to its end. */
  again(): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Opens a file, or standard input for `-`. @throws CommandError (wrong use) when there is no such file to read. */
export async function openInput(file: string): Promise<Input> {
  if (file === '-') return { name: standardInput, isStream: true, chunks: () => process.stdin, close: async () => {} }
  const handle = await openFile(file)
  const stat = await handle.stat()
  if (stat.isDirectory()) {
    await handle.close()
    throw new CommandError(`${file} is a directory: name one file in it.`, 2)
  }
  const isStream = !stat.isFile()
  return {
    name: file,
    isStream,
    chunks: () => (isStream ? handle.createReadStream({ autoClose: false }) : firstBytes(handle, stat.size)),
    close: () => handle.close(),
  }
}

const refusals: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  EACCES: 'You may not read this file',
  ENOTDIR: 'There is no such file',
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (error) {
    const words = refusals[(error as NodeJS.ErrnoException).code ?? '']
    if (words === undefined) throw error
    throw new CommandError(`${words}: ${file}`, 2, { cause: error })
  }
}

/** A file is simply read again. A stream is kept in a temporary file without a name, which is gone when this process is. */
export async function readTwice(input: Input): Promise<TwiceReadable> {
  if (!input.isStream) return { first: input.chunks, again: input.chunks, close: async () => {} }
  const spool = await openSpool()
  let size = 0
  const first = async function* () {
    for await (const chunk of input.chunks()) {
      await spool.appendFile(chunk)
      size += chunk.length
      yield chunk
    }
  }
  return { first, again: () => firstBytes(spool, size), close: () => spool.close() }
}

async function openSpool(): Promise<FileHandle> {
  const dir = await mkdtemp(join(tmpdir(), 'bina-publish-'))
  const path = join(dir, 'spool')
  try {
    const handle = await open(path, 'wx+', 0o600)
    await unlink(path)
    return handle
  } finally {
    await rmdir(dir)
  }
}

/** Read from the start wherever the handle stands, and no further than `size`: what is appended meanwhile is another run's. */
async function* firstBytes(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  if (size > 0) yield* handle.createReadStream({ start: 0, end: size - 1, autoClose: false })
}
