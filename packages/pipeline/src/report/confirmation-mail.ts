import type { AddedRecipient } from '../ports/report-recipients.ts'

/** The mail that asks somebody who was added whether they want the reports; until then nothing else is sent to them. */
export function confirmationMail(
  { locale, role }: Pick<AddedRecipient, 'locale' | 'role'>,
  about: { readonly unitName: string; readonly url: string; readonly contact: string },
): { readonly subject: string; readonly text: string; readonly html: string } {
  const words = locale === 'en' ? en : id
  const lines = words.lines(role, about.unitName, about.contact)
  const text = `${[lines.greeting, lines.why, `${lines.ask}\n${about.url}`, lines.otherwise].join('\n\n')}\n`
  const html = [
    `<!doctype html>\n<html lang="${locale === 'en' ? 'en' : 'id'}"><head><meta charset="utf-8"><title>${escaped(words.subject)}</title></head><body>`,
    `<p>${escaped(lines.greeting)}</p><p>${escaped(lines.why)}</p>`,
    `<p>${escaped(lines.ask)}<br><a href="${escaped(about.url)}">${escaped(words.button)}</a></p>`,
    `<p>${escaped(lines.otherwise)}</p></body></html>\n`,
  ].join('\n')
  return { subject: words.subject, text, html }
}

const id = {
  subject: 'Bina: mohon konfirmasi penerimaan catatan pembinaan',
  button: 'Buka halaman konfirmasi',
  lines: (role: string, unit: string, contact: string) => ({
    greeting: `Yth. ${role},`,
    why: `Alamat ini didaftarkan untuk menerima catatan pembinaan mingguan ${unit}.`,
    ask: 'Bila benar, mohon konfirmasi di halaman ini:',
    otherwise: `Bila tidak, abaikan surel ini: tidak ada yang akan dikirim. Pertanyaan: ${contact}.`,
  }),
}

const en: typeof id = {
  subject: 'Bina: please confirm that you want the coaching notes',
  button: 'Open the page that confirms it',
  lines: (role, unit, contact) => ({
    greeting: `Dear ${role},`,
    why: `This address was put down to receive the weekly coaching notes of ${unit}.`,
    ask: 'If that is right, please confirm it on this page:',
    otherwise: `If not, let this mail be: nothing will be sent. Questions: ${contact}.`,
  }),
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
