/** Breaks at spaces so that no line is longer than `width`, but for a word that is longer by itself. Lines after the first begin with `indent`. */
export function wrapText(text: string, width: number, indent = '', firstIndent = ''): string {
  const lines: string[] = []
  let line = firstIndent
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  lines.push(line)
  return lines.join('\n')
}
