import { shellWord } from '../shell-word.ts'

/** What a file is that looks like another kind than one event a line, and what makes it one; undefined when nothing tells.
 *  `file` is absent for standard input. */
export function fileHint(head: Uint8Array, file: string | undefined): string | undefined {
  const bytes = Buffer.from(head)
  const first = bytes
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return says('It is compressed with gzip', 'gzip -dc', file)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return says('It looks like UTF-16', 'iconv -f UTF-16 -t UTF-8', file)
  }
  if (first.startsWith('[')) return says('It looks like one JSON array; one event a line makes', "jq -c '.[]'", file)
  if (/^\{\s*\n/.test(first))
    return says('It looks like JSON over several lines; one event a line makes', 'jq -c .', file)
  if (isTable(first)) {
    const name = file === undefined ? 'FILE' : shellWord(file)
    return `It looks like a table (CSV): a mapping makes events of it, npx bina import MAPPING ${name}`
  }
  return undefined
}

/** Three columns or more in words, in the first line: no sentence, no JSON, nothing binary. */
function isTable(text: string): boolean {
  const [line = ''] = text.split(/\r?\n/)
  if (!/^["\p{L}\d]/u.test(line)) return false
  return [',', ';', '\t', '|'].some((separator) => line.split(separator).length >= 3)
}

const says = (what: string, command: string, file: string | undefined) =>
  `${what}: ${command}${file === undefined ? '' : ` ${shellWord(file)}`} | npx bina publish -`
