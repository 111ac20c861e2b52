// Mail clients drop style sheets at will, so every element carries its own style; the sheet below only adds dark mode and small screens.
// No red, no green: a colour must not judge. All pairs of text and ground have a contrast of at least 4.5 to 1 in both modes.

const FONTS = "-apple-system,'Segoe UI',Roboto,Arial,sans-serif"

const INK = '#1d2a33'
const QUIET = '#56636d'
const ACCENT = '#17596b'
const PAGE = '#f2f0ea'
const CARD = '#ffffff'
const TINT = '#e9f1f2'
const RULE = '#dcd8ce'

/** Before a weight or a slant of its own: it sets both back. In one word, as it stands with every cell of a mail that may be cut off at 100 kB. */
const text = (size: number, lineHeight: number, colour: string) =>
  `font:${size}px/${lineHeight}px ${FONTS};color:${colour}`

export const styles = {
  body: `margin:0;padding:0;width:100%;background-color:${PAGE};-webkit-text-size-adjust:100%;text-size-adjust:100%`,
  preheader: `display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px;color:${PAGE}`,
  page: `background-color:${PAGE}`,
  outer: 'padding:24px 12px',
  card: `width:100%;max-width:600px;background-color:${CARD};border-radius:8px`,
  head: `padding:28px 32px 4px 32px`,
  section: `padding:20px 32px 0 32px`,
  sectionTint: 'padding:20px 20px 8px 20px',
  tint: `background-color:${TINT};border-radius:8px;padding:18px 20px 8px 20px`,
  foot: `padding:24px 32px 28px 32px`,
  kicker: `margin:0 0 4px 0;${text(14, 20, QUIET)}`,
  h1: `margin:0 0 16px 0;${text(24, 30, INK)};font-weight:700`,
  h2: `margin:0 0 8px 0;${text(18, 24, ACCENT)};font-weight:700`,
  paragraph: `margin:0 0 12px 0;${text(16, 24, INK)}`,
  lead: `margin:0 0 12px 0;${text(17, 25, INK)}`,
  quiet: `margin:0 0 12px 0;${text(14, 21, QUIET)}`,
  question: `margin:0 0 14px 0;padding:0 0 0 12px;border-left:3px solid ${ACCENT};${text(17, 25, INK)};font-style:italic`,
  score: `margin:0;${text(16, 24, INK)}`,
  scoreValue: 'font-size:28px;line-height:36px;font-weight:700',
  band: `margin:0 0 8px 0;${text(16, 24, INK)};font-weight:600`,
  scaleEmpty: `background-color:${RULE};font-size:0;line-height:0;height:12px`,
  scaleRange: 'background-color:#7fb0ba;font-size:0;line-height:0;height:12px',
  scaleValue: `background-color:${INK};font-size:0;line-height:0;height:12px`,
  scaleEnd: `${text(13, 18, QUIET)};padding:2px 0 10px 0`,
  table: 'width:100%;border-collapse:collapse;margin:0 0 14px 0',
  caption: `text-align:left;${text(15, 22, INK)};font-weight:600;padding:0 0 4px 0`,
  columnHead: `text-align:left;vertical-align:bottom;${text(13, 18, QUIET)};font-weight:600;padding:6px 8px 6px 0;border-bottom:1px solid ${RULE}`,
  firstColumnHead: `width:48%;text-align:left;vertical-align:bottom;${text(13, 18, QUIET)};font-weight:600;padding:6px 8px 6px 0;border-bottom:1px solid ${RULE}`,
  rowHead: `text-align:left;vertical-align:top;${text(15, 21, INK)};font-weight:400;padding:7px 8px 7px 0;border-bottom:1px solid ${RULE};word-break:break-word;overflow-wrap:anywhere`,
  cell: `vertical-align:top;${text(15, 21, INK)};padding:7px 8px 7px 0;border-bottom:1px solid ${RULE}`,
  factLabel: `text-align:left;vertical-align:top;${text(14, 20, QUIET)};font-weight:400;padding:4px 12px 4px 0;width:34%`,
  factText: `text-align:left;vertical-align:top;${text(14, 20, INK)};padding:4px 0`,
  // Pictures are drawn on white, also where the mail is dark.
  picture:
    'display:block;width:100%;max-width:536px;height:auto;border:0;border-radius:4px;background-color:#ffffff;margin:4px 0 8px 0',
  smallCaption: `margin:0 0 2px 0;${text(13, 18, QUIET)}`,
  firstHalf: 'vertical-align:top;padding:0 10px 0 0',
  half: 'vertical-align:top;padding:0 0 0 10px',
  smallTable: 'width:100%;border-collapse:collapse',
  smallHead: `text-align:left;${text(12, 16, QUIET)};font-weight:600;padding:2px 4px 2px 0;border-bottom:1px solid ${RULE}`,
  smallRowHead: `text-align:left;vertical-align:top;${text(13, 18, QUIET)};font-weight:400;padding:1px 4px 1px 0`,
  smallCell: `vertical-align:top;${text(13, 18, INK)};padding:1px 4px 1px 0`,
  notice: `margin:0 0 14px 0;padding:10px 14px;border-left:4px solid ${ACCENT};background-color:${TINT};${text(15, 22, INK)};font-weight:600`,
  unsubscribe: `margin:0 0 6px 0;${text(13, 19, QUIET)}`,
  list: 'margin:0 0 12px 0;padding:0 0 0 20px',
  item: `margin:0 0 6px 0;${text(16, 24, INK)};overflow-wrap:anywhere`,
  link: `color:${ACCENT}`,
  button: `display:inline-block;padding:12px 20px;border:2px solid ${ACCENT};border-radius:6px;${text(16, 24, ACCENT)};font-weight:600;text-decoration:none`,
  disclaimer: `margin:0 0 12px 0;padding:16px 0 0 0;border-top:1px solid ${RULE};${text(15, 22, INK)};font-weight:600`,
  footer: `margin:0 0 6px 0;${text(13, 19, QUIET)}`,
} as const

/** Clients that know neither query show the light, wide layout, which reads well on a phone too. */
export const styleSheet = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  '.page{background-color:#12181c !important}',
  '.card{background-color:#1b2329 !important}',
  '.tint{background-color:#22323a !important}',
  '.tint-plain{background-color:#22323a !important}',
  '.ink{color:#e7ecef !important}',
  '.quiet{color:#a9b6bf !important}',
  '.accent{color:#8fcbd6 !important}',
  '.rule{border-color:#3a4850 !important}',
  '.button{border-color:#8fcbd6 !important}',
  '.mark{border-left-color:#8fcbd6 !important}',
  '.scale-empty{background-color:#3a4850 !important}',
  '.scale-range{background-color:#3f7f8d !important}',
  '.scale-value{background-color:#e7ecef !important}',
  '}',
  '@media (max-width:480px){',
  '.outer{padding:0 !important}',
  '.card{border-radius:0 !important}',
  '.pad{padding-left:18px !important;padding-right:18px !important}',
  '.pad-tint{padding-left:8px !important;padding-right:8px !important}',
  '.tint{padding-left:12px !important;padding-right:12px !important}',
  '.stack{display:block !important;width:100% !important;padding:0 !important}',
  '}',
].join('')
