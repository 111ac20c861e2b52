/** Breaks at spaces so that no line is longer than `width`, but for a word that is longer by itself. Later lines begin with `indent`. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let words: string[] = []
  let length = 0
  for (const word of text.split(/ +/)) {
    if (words.length > 0 && length + 1 + word.length > width) {
      lines.push(words.join(' '))
      words = []
      length = indent.length - 1
    }
    words.push(words.length === 0 && lines.length > 0 ? indent + word : word)
    length += 1 + word.length
  }
  lines.push(words.join(' '))
  return lines.join('\n')
}
