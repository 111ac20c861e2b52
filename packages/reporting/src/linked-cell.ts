import type { Cell } from './view-model.ts'

/** A text that leads somewhere; the text alone where there is no address, or one that a mail must not lead to. */
export function linkedCell(text: string, url: string | undefined): Cell {
  return url !== undefined && /^https?:\/\/[^\s"'<>\\]+$/i.test(url) ? { text, url } : text
}

export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}
