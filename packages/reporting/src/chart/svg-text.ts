/** Text as it stands between tags or in an attribute of SVG; control characters, which XML cannot hold, are left out. */
export function svgText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** A coordinate with at most two decimals: shorter, and the same on every machine. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 100) / 100)
}
