// Tests only: notifications as mail servers write them (RFC 3464).

export interface TestNotification {
  readonly messageId: string
  readonly recipient: string
  /** In place of the fields that say that there is no such mailbox. */
  readonly fields?: string
  /** Further mailboxes, which are not reached for now. */
  readonly more?: readonly string[]
  readonly returned?: 'text/rfc822-headers' | 'message/rfc822' | 'none'
  readonly statusType?: string
  readonly addressType?: string
  /** What a person reads. */
  readonly words?: string
  readonly isWithoutRecipients?: boolean
}

export function notification(of: TestNotification): Buffer {
  const { messageId, recipient, more = [], returned = 'text/rfc822-headers', addressType = 'rfc822' } = of
  const {
    statusType = 'message/delivery-status',
    fields = `Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.palembang.example\r\nDiagnostic-Code: smtp; 550 5.1.1 <${recipient}>: Recipient address rejected:\r\n    User unknown in virtual mailbox table`,
  } = of
  const groups = [
    'Reporting-MTA: dns; mail.palembang.example\r\nArrival-Date: Mon, 15 Jun 2026 06:00:02 +0700 (WIB)',
    `Final-Recipient: ${addressType}; ${recipient}\r\nOriginal-Recipient: rfc822;${recipient}\r\n${fields}`,
    ...more.map((address) => `Final-Recipient: ${addressType}; ${address}\r\nAction: delayed\r\nStatus: 4.4.1`),
  ]
  const parts = [
    part(
      'text/plain; charset=us-ascii',
      `I'm sorry to have to inform you that your message could not\r\nbe delivered.${of.words ?? ''}`,
    ),
    part(statusType, groups.slice(0, of.isWithoutRecipients === true ? 1 : undefined).join('\r\n\r\n')),
    ...(returned === 'none'
      ? []
      : [
          part(
            returned,
            returned === 'message/rfc822' ? original(messageId, recipient) : headers(messageId, recipient),
          ),
        ]),
  ]
  return Buffer.from(
    `Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.palembang.example (Mail Delivery System)\r\nTo: bina@palembang.example\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nMessage-ID: <20260614231000.4AB@mail.palembang.example>\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="4AB.1781/mail"\r\n\r\n${parts.join('')}--4AB.1781/mail--\r\n`,
  )
}

const part = (type: string, body: string) => `--4AB.1781/mail\r\nContent-Type: ${type}\r\n\r\n${body}\r\n\r\n`

const headers = (messageId: string, recipient: string) =>
  `Received: from bina.palembang.example by mail.palembang.example;\r\n\tMon, 15 Jun 2026 06:00:02 +0700\r\nFrom: Bina <bina@palembang.example>\r\nTo: ${recipient}\r\nSubject: Catatan pembinaan mingguan\r\nMessage-ID:\r\n ${messageId}\r\nMIME-Version: 1.0\r\n`

/** A whole report as a mail server brings it back. */
export const original = (messageId: string, recipient: string): string =>
  `${headers(messageId, recipient)}Content-Type: multipart/mixed; boundary="in"\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nYang berjalan baik: 7 dari 8 =E2=80=93 terima kasih.\r\n--in\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <trend@bina>\r\n\r\niVBORw0KGgo=\r\n--in--\r\n`
