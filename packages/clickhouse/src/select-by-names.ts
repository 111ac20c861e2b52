import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

/** Arrays bound by name, all of one length: what stands at one place belongs together, such as a source and an id. */
export type NameArrays = Readonly<Record<string, readonly string[]>>

// The server takes no bound value above 131,072 bytes, counted as they stand in the address, and no address above a megabyte.
const maxBytes = 100_000

/**
 * The rows of a question about many names, asked as often as it takes: names are as long as their senders like, and a bound value is
 * not. The answers are laid one behind the other, so a question may group and order by nothing that lies beyond its names. Without
 * names nothing is asked.
 */
export async function selectByNames<T>(
  client: ClickHouseClient,
  query: string,
  names: NameArrays,
  params: Readonly<Record<string, unknown>> = {},
): Promise<readonly T[]> {
  const answers: (readonly T[])[] = []
  for (const some of namesByBytes(names, maxBytes)) {
    answers.push(await selectRows<T>(client, query, { ...params, ...some }))
  }
  const [only = []] = answers
  return answers.length > 1 ? answers.flat() : only
}

/** The same names in order, in pieces of which no array is longer than `limit` bytes; a name is never parted. */
export function namesByBytes(names: NameArrays, limit: number): readonly NameArrays[] {
  const arrays = Object.entries(names)
  const length = Math.max(0, ...arrays.map(([, values]) => values.length))
  const pieces: NameArrays[] = []
  const sizes = new Map<string, number>()
  let from = 0
  const cut = (to: number) => {
    if (to > from) pieces.push(Object.fromEntries(arrays.map(([name, values]) => [name, values.slice(from, to)])))
    from = to
    sizes.clear()
  }
  for (let at = 0; at < length; at++) {
    const added = arrays.map(([name, values]) => [name, writtenBytes(values[at] ?? '')] as const)
    if (added.some(([name, bytes]) => (sizes.get(name) ?? 0) + bytes > limit)) cut(at)
    for (const [name, bytes] of added) sizes.set(name, (sizes.get(name) ?? 0) + bytes)
  }
  cut(length)
  return pieces
}

const quotesAndComma = 9

/** As it travels in the address: quotes, comma and all but letters, digits and a few signs take three bytes for one. */
function writtenBytes(name: string): number {
  let bytes = quotesAndComma
  for (let at = 0; at < name.length; at++) bytes += writtenBytesOf(name.charCodeAt(at))
  return bytes
}

function writtenBytesOf(code: number): number {
  if (code >= 0x800) return isHalfOfAPair(code) ? 6 : 9
  if (code >= 0x80) return 6
  const sign = String.fromCharCode(code)
  if (/[A-Za-z0-9._-]/.test(sign)) return 1
  return /[\t\n\r'\\]/.test(sign) ? 6 : 3
}

const isHalfOfAPair = (code: number) => code >= 0xd800 && code < 0xe000
