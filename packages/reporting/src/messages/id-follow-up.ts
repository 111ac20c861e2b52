import type { Count } from '../count.ts'

/** What became of earlier notes: changes, agreed steps, objections, restated figures, findings, and the effect of coaching. */
export const idFollowUp = {
  since: {
    heading: 'Sejak catatan terakhir',
    moved: (what: string, before: string, now: string) => `${what} dari ${before} menjadi ${now}`,
    appeared: (what: string, now: string) => `${what} kini ditampilkan (${now})`,
    vanished: (what: string) => `${what} tidak lagi ditampilkan`,
    names: {
      service: 'skor layanan',
      discipline: 'skor disiplin',
      due: 'pengaduan jatuh tempo',
      overdue: 'pengaduan melewati tenggat',
    },
    changes: (moves: string) => `Angka yang berubah: ${moves}.`,
    withinRange: 'Perubahan skor ini masih di dalam rentangnya; belum perlu tindakan khusus.',
  },
  actions: {
    agreed: (on: string, text: string) => `Disepakati ${on}: ${text}`,
    /** Where the library does not know the code: a step of the city's own making. */
    unknown: (code: string) => `langkah ${code}.`,
    done: (on: string) => `Sudah selesai ${on}. Terima kasih.`,
    due: (on: string) => `Rencana selesai ${on}.`,
    open: (on: string) => `Rencananya ${on}; belum tercatat selesai. Apa yang dapat kami bantu?`,
    markDone: 'Tandai langkah ini sudah selesai',
    more: (n: Count) => `dan ${n.text} langkah lain`,
  },
  objections: {
    open: (on: string, week: string) => `Klarifikasi tanggal ${on} atas minggu ${week} masih ditinjau.`,
    upheld: (on: string, week: string) =>
      `Klarifikasi Bapak/Ibu atas minggu ${week} diterima pada ${on}; datanya diperbaiki. Terima kasih.`,
    dismissed: (on: string, week: string) =>
      `Klarifikasi atas minggu ${week} sudah ditinjau pada ${on}; angkanya tetap. Alasannya dapat ditanyakan dengan membalas surel ini.`,
    more: (n: Count) => `dan ${n.text} klarifikasi lain`,
  },
  restatements: {
    line: (name: string, week: string, before: string, now: string, cause: string) =>
      `${name} minggu ${week} berubah dari ${before} menjadi ${now}, karena ${cause}.`,
    appeared: (name: string, week: string, now: string, cause: string) =>
      `${name} minggu ${week} kini ditampilkan (${now}), karena ${cause}.`,
    vanished: (name: string, week: string, cause: string) =>
      `${name} minggu ${week} tidak lagi ditampilkan, karena ${cause}.`,
    names: { service: 'Skor layanan', discipline: 'Skor disiplin' },
    causes: {
      late: 'ada catatan yang datang terlambat',
      correction: 'ada catatan yang dikoreksi',
      withdrawal: 'ada catatan yang ditarik',
      directory: 'direktori unit diperbarui',
      policy: 'aturan penghitungan berubah',
    },
    more: (n: Count) => `dan ${n.text} perubahan lain`,
  },
  effect: {
    higher: (name: string, points: string, lower: string, upper: string) =>
      `Dampak pembinaan: ${name} ${points} poin di atas yang diperkirakan tanpa pembinaan (dalam empat dari lima kemungkinan antara ${lower} dan ${upper} poin).`,
    lower: (name: string, points: string, lower: string, upper: string) =>
      `Dampak pembinaan: ${name} ${points} poin di bawah yang diperkirakan tanpa pembinaan (dalam empat dari lima kemungkinan antara ${lower} dan ${upper} poin). Mari cari langkah yang lebih membantu.`,
    none: (name: string) =>
      `Dampak pembinaan: ${name} sama dengan yang diperkirakan tanpa pembinaan. Mari cari langkah yang lebih membantu.`,
    basis: (units: Count) => `Perkiraan itu dari ${units.text} unit yang belum dibina.`,
    names: {
      A1: 'kehadiran',
      A2: 'ketepatan waktu',
      A3: 'jam layanan penuh',
      S1: 'tanggapan tepat waktu',
      S2: 'penyelesaian tepat waktu',
      S5: 'kepuasan warga',
      S6: 'keramahan dan kejelasan',
    },
  },
  residents: {
    /** R13. */
    heading: 'Yang disampaikan warga dalam 13 minggu terakhir',
  },
  findings: {
    heading: 'Temuan kunjungan dan media sosial',
    line: (from: string, on: string, what: string) => `${from}, ${on}: ${what}.`,
    from: {
      mayor_visit: 'Kunjungan Wali Kota',
      social_media: 'Media sosial',
      spot_check: 'Pemeriksaan acak',
      inspectorate: 'Tinjauan Inspektorat',
    },
    categories: {
      rude: 'cara warga disambut',
      convoluted: 'alur pelayanan',
      obstructive: 'persyaratan',
      delay: 'waktu pelayanan',
      no_service: 'layanan yang belum diberikan',
      facility: 'ruang dan sarana',
      handled: 'ditangani Inspektorat',
      other: 'hal lain',
    },
    closed: (on: string) => `Sudah ditindaklanjuti ${on}.`,
    due: (on: string) => `Tenggat ${on}.`,
    overdue: (on: string) => `Tenggatnya ${on}; masih terbuka.`,
    more: (n: Count) => `dan ${n.text} temuan lain`,
  },
  superior: {
    heading: 'Untuk atasan langsung',
    text: 'Bila pembinaan dengan pimpinan unit sudah berlangsung, catat di sini.',
    held: 'Catat pembinaan',
  },
  notices: {
    resent: 'Kirim ulang: catatan ini dikirim sekali lagi atas permintaan dan menggantikan yang sebelumnya.',
    test: 'Uji coba: surel ini hanya untuk mencoba pengiriman. Tidak ada yang perlu dilakukan.',
    inPlaceOf: (post: string, name: string) =>
      `Catatan ini ditujukan kepada ${post} ${name}. Karena jabatan itu sedang kosong atau alamatnya tidak menerima surel, kami mengirimkannya kepada Bapak/Ibu sebagai atasan langsung.`,
    marks: { resent: 'Kirim ulang', test: 'Uji coba' },
  },
}
