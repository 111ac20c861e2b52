import type { Count } from '../count.ts'
import { idFocus } from './id-focus.ts'
import { idFollowUp } from './id-follow-up.ts'

/** `7 dari 8` */
const of = (x: Count, n: Count) => `${x.text} dari ${n.text}`

/**
 * All that the reports say in Indonesian, the language in which they are thought. Its type is what every other language must have.
 * Clauses of `facts` stand after "Dalam 13 minggu terakhir, " and before a full stop.
 */
export const id = {
  title: 'Catatan pembinaan mingguan',
  subject: (unit: string, period: string) => `Catatan pembinaan mingguan ${unit}, ${period}`,
  greeting: (headRole: string, name: string) => `Yth. Bapak/Ibu ${headRole} ${name},`,
  opening: (period: string) =>
    `Terima kasih atas pelayanan kepada warga selama minggu ${period}. Berikut catatan pembinaannya.`,
  preheader: {
    focus: (name: string) => `Fokus: ${name}.`,
    noFocus: 'Satu langkah untuk minggu ini.',
    overdue: (n: Count) => `${n.text} pengaduan melewati tenggat.`,
    due: (n: Count) => `${n.text} pengaduan jatuh tempo dalam lima hari kerja.`,
    nothingDue: 'Tidak ada pengaduan yang jatuh tempo dalam lima hari kerja.',
  },

  within: {
    W1: 'Pada minggu tersebut',
    R4: 'Dalam 4 minggu terakhir',
    R13: 'Dalam 13 minggu terakhir',
    R26: 'Dalam 26 minggu terakhir',
    R52: 'Dalam 52 minggu terakhir',
  },
  windowNames: { W1: '1 minggu', R4: '4 minggu', R13: '13 minggu', R26: '26 minggu', R52: '52 minggu' },
  of,
  facts: {
    S1: (x: Count, n: Count) => `${of(x, n)} pengaduan ditanggapi tepat waktu`,
    S2: (x: Count, n: Count) => `${of(x, n)} pengaduan selesai tepat waktu dan tidak dibuka kembali`,
    S3: (x: Count, n: Count) => `${of(x, n)} penyelesaian yang diperiksa memang tuntas`,
    S4: (x: Count, n: Count) => `${of(x, n)} pengaduan tidak tertahan melewati tenggat`,
    A1: (x: Count, n: Count) => `pegawai hadir pada ${of(x, n)} hari kerja (semua pegawai dijumlahkan)`,
    A2: (x: Count, n: Count) => `pegawai hadir tepat waktu pada ${of(x, n)} hari kerja (semua pegawai dijumlahkan)`,
    A3: (x: Count, n: Count) =>
      `pegawai bertugas sampai jam pulang pada ${of(x, n)} hari kerja (semua pegawai dijumlahkan)`,
    C1: (x: Count, n: Count) => `${of(x, n)} pemeriksaan acak mendapati pegawai di tempat`,
  },
  remaining: {
    S1: (n: Count) => `${n.text} belum`,
    S2: (n: Count) => `${n.text} belum`,
    S3: (n: Count) => `${n.text} belum tuntas`,
    S4: (n: Count) => `${n.text} masih terbuka`,
    A1: (n: Count) => `${n.text} tanpa catatan hadir`,
    A2: (n: Count) => `${n.text} belum`,
    A3: (n: Count) => `${n.text} belum`,
    C1: (n: Count) => `${n.text} belum terkonfirmasi`,
  },
  ratedFacts: {
    S5: (mean: string, n: Count) => `warga menilai pelayanan rata-rata ${mean} dari 4 (${n.text} penilaian)`,
    S6: (mean: string, n: Count) =>
      `warga menilai keramahan dan kejelasan rata-rata ${mean} dari 4 (${n.text} penilaian)`,
  },
  /** Fewer ratings than a mean may be told of. */
  fewRatings: {
    S5: (n: Count) => `${n.text} warga menilai pelayanan, dan masih ada ruang untuk mempermudah mereka`,
    S6: (n: Count) => `${n.text} warga menilai keramahan dan kejelasan, dan masih ada ruang untuk memperjelas`,
  },

  wentWell: {
    heading: 'Yang berjalan baik',
    spotChecks: (n: Count) => `Pada ${n.text} pemeriksaan acak terakhir, pegawai berada di tempat setiap kali.`,
    nothingOverdue: 'Tidak ada pengaduan yang dibiarkan melewati tenggat.',
    presence: (x: Count, n: Count) => `Warga dilayani pada ${of(x, n)} hari kerja pegawai yang tercatat.`,
    signal: (name: string, weeks: Count) =>
      weeks.value < 2
        ? `Ada sinyal perbaikan pada ${name}, lebih dari yang dapat dijelaskan oleh kebetulan.`
        : `Ada sinyal perbaikan pada ${name}: sudah ${weeks.text} minggu berturut-turut, lebih dari yang dapat dijelaskan oleh kebetulan.`,
    thanks:
      'Data minggu tersebut belum cukup untuk menyebut satu hal. Terima kasih tetap kami sampaikan kepada semua yang membuka loket dan melayani warga.',
  },

  service: {
    heading: 'Layanan',
    label: 'Skor layanan',
    noData: (within: string) =>
      `${within} belum ada pengaduan yang jatuh tempo di unit ini, jadi tidak ada skor layanan. Itu bukan nilai rendah.`,
    hidden: (within: string, n: Count) =>
      `Data belum cukup (${n.text} pengaduan jatuh tempo ${within.toLowerCase()}), jadi kami tidak menampilkan skor layanan. Itu bukan nilai rendah.`,
    hiddenWide: (within: string, n: Count) =>
      `${within} ada ${n.text} pengaduan jatuh tempo, tetapi keadaan sebenarnya masih terlalu luas kemungkinannya, jadi kami tidak menampilkan skor layanan.`,
    /** Facts of the same window, where no score is shown. */
    recorded: (within: string, facts: string) => `${within}, tercatat: ${facts}.`,
    widened: 'Karena pengaduan hanya sedikit, skor ini dihitung dari 26 minggu, bukan 13.',
  },
  trend: {
    titles: {
      unknown: 'Skor layanan per minggu',
      within: 'Skor layanan masih dalam variasi wajar',
      above: 'Skor layanan di atas variasi wajar',
      below: 'Skor layanan di bawah variasi wajar',
    },
    limitsLabel: 'variasi wajar',
    alt: (title: string, first: string, from: string, last: string, to: string) =>
      `Grafik: ${title}; ${from} pada ${first}, ${to} pada ${last}.`,
    caption: 'Skor layanan per minggu, dengan rentangnya',
    captionWithLimits: (lower: string, upper: string) =>
      `Skor layanan per minggu, dengan rentangnya; variasi wajar ${lower} sampai ${upper}`,
    columns: ['Minggu', 'Skor', 'Rentang'],
    calm: 'Perubahan dari minggu ke minggu masih dalam variasi wajar; belum perlu tindakan khusus.',
  },
  /** Of the measure that leads the focus. */
  focusTrend: {
    names: {
      S1: 'Ditanggapi tepat waktu',
      S2: 'Tuntas tepat waktu',
      S4: 'Tidak dibiarkan lewat tenggat',
      S5: 'Kepuasan warga',
      S6: 'Keramahan dan kejelasan',
      A1: 'Hadir',
      A2: 'Hadir tepat waktu',
      A3: 'Melayani sampai jam tutup',
    },
    /** The weeks that a point is made from: `4 minggu`. */
    title: (name: string, weeks: string) => `${name}, ${weeks} per titik`,
    findings: {
      unknown: '',
      within: 'Masih dalam variasi wajar.',
      above: 'Di atas variasi wajar.',
      below: 'Di bawah variasi wajar.',
    },
    /** Says what stands where, for those who read the numbers as one line. */
    caption: (title: string, counted: string, value: string) => `${title}; ${counted} (${value})`,
    limits: (lower: string, upper: string) => `variasi wajar ${lower} sampai ${upper}`,
    outOf: (value: string, most: string) => `${value} dari ${most}`,
    weekColumn: 'Minggu',
    countColumn: 'Jumlah',
    ratingsColumn: 'Penilaian',
    valueColumn: (most: string) => `Dari ${most}`,
    rangeColumn: 'rentang',
  },
  signals: {
    concern: (name: string, weeks: Count) =>
      weeks.value < 2
        ? `Ada sinyal perubahan pada ${name}, lebih dari yang dapat dijelaskan oleh kebetulan. Mari cari sebabnya bersama.`
        : `Ada sinyal perubahan pada ${name}: sudah ${weeks.text} minggu berturut-turut. Mari cari sebabnya bersama.`,
    names: {
      S2: 'penyelesaian tepat waktu',
      S5: 'kepuasan warga',
      S6: 'keramahan dan kejelasan menurut warga',
      S8: 'pengaduan yang dibuka kembali',
      S11: 'jarak waktu antara laporan tentang cara warga dilayani',
      A1: 'kehadiran',
      A2: 'kehadiran tepat waktu',
      A3: 'layanan sampai jam tutup',
    },
  },
  scoreOutOf: (value: string) => `${value} dari 100`,
  interval: (lower: string, upper: string) =>
    `Angka sebenarnya dalam empat dari lima kemungkinan berada antara ${lower} dan ${upper}.`,
  bands: {
    kept: 'Terjaga',
    needs_attention: 'Perlu perhatian',
    needs_support: 'Perlu pendampingan',
    inconclusive: 'Belum dapat disimpulkan',
    not_enough_data: 'Data belum cukup',
  },
  bandMeanings: {
    kept: 'Seluruh rentang itu berada di daerah terjaga.',
    needs_attention: 'Seluruh rentang itu berada di daerah yang perlu perhatian.',
    needs_support:
      'Seluruh rentang itu berada di daerah yang perlu pendampingan; bantuan layak diminta dan ditawarkan.',
    inconclusive: 'Rentang itu mencakup lebih dari satu keadaan.',
    not_enough_data: 'Data belum cukup untuk menyimpulkan.',
  },
  confidence: {
    high: 'Keyakinan data: tinggi.',
    medium: 'Keyakinan data: sedang.',
    low: 'Keyakinan data: rendah.',
    hidden: '',
  },

  focus: idFocus,
  ...idFollowUp,
  owners: {
    kelurahan: { service_lead: 'Kepala Seksi Pelayanan', office_lead: 'Sekretaris Kelurahan' },
    kecamatan: { service_lead: 'Kepala Seksi Pelayanan', office_lead: 'Sekretaris Kecamatan' },
    upt: { service_lead: 'Koordinator pelayanan', office_lead: 'Kepala Subbagian Tata Usaha' },
  },

  cases: {
    heading: 'Pengaduan yang jatuh tempo',
    none: 'Tidak ada pengaduan yang jatuh tempo dalam lima hari kerja ke depan.',
    dueCaption: 'Jatuh tempo dalam lima hari kerja ke depan',
    overdueCaption: 'Sudah melewati tenggat',
    idColumn: 'Nomor pengaduan',
    dueColumn: 'Tenggat',
    more: (n: Count) => `dan ${n.text} pengaduan lain`,
  },

  discipline: {
    heading: 'Disiplin',
    score: (value: string, lower: string, upper: string, band: string) =>
      `Skor disiplin ${value} dari 100 (dalam empat dari lima kemungkinan antara ${lower} dan ${upper}): ${band.toLowerCase()}.`,
    hidden: (personDays: Count) =>
      `Data presensi belum cukup (${personDays.text} hari kerja, semua pegawai dijumlahkan), jadi skor disiplin tidak ditampilkan.`,
    hiddenWide: 'Keadaan sebenarnya masih terlalu luas kemungkinannya, jadi skor disiplin tidak ditampilkan.',
    records: (n: Count, present: string, onTime: string, fullDay: string) =>
      `Dalam 4 minggu terakhir, dari ${n.text} hari kerja (semua pegawai dijumlahkan): hadir ${present}, tepat waktu ${onTime}, sampai jam pulang ${fullDay}.`,
    noData: 'Belum ada data presensi dalam 4 minggu terakhir.',
    noChecks: 'Pemeriksaan acak: belum ada dalam 4 minggu terakhir.',
    fewChecks: (x: Count, n: Count) =>
      `Pemeriksaan acak: pada ${of(x, n)} pemeriksaan, pegawai berada di tempat; jumlah sekecil ini belum cukup untuk menyimpulkan.`,
    checks: (x: Count, n: Count) => `Pemeriksaan acak: pada ${of(x, n)} pemeriksaan, pegawai berada di tempat`,
    checksInterval: (lower: string, upper: string) =>
      `; bagian sebenarnya dalam empat dari lima kemungkinan antara ${lower} dan ${upper}.`,
  },

  figures: {
    heading: 'Angka di balik catatan ini',
    serviceCaption: 'Layanan',
    measureColumn: 'Ukuran',
    weekColumn: 'Minggu tersebut',
    withPercent: (figure: string, percent: string) => `${figure} (${percent})`,
    mean: (mean: string, n: Count, range?: string) =>
      `rata-rata ${mean} dari 4 (${n.text} penilaian${range === undefined ? '' : `; ${range}`})`,
    names: {
      S1: 'Pengaduan ditanggapi tepat waktu',
      S2: 'Pengaduan selesai tepat waktu dan tidak dibuka kembali',
      S3: 'Penyelesaian yang diperiksa dan memang tuntas',
      S5: 'Kepuasan warga',
      S6: 'Keramahan dan kejelasan menurut warga',
    },
    periodLabel: 'Minggu',
    completeLabel: 'Data lengkap sampai',
    nextLabel: 'Catatan berikutnya',
    policyLabel: 'Versi kebijakan',
    provisional: 'sementara sampai 14 hari setelah minggu berakhir, karena data susulan masih masuk',
    final: 'final',
    notesLabel: 'Catatan data',
    outageDays: (n: Count) =>
      `${n.text} hari tanpa satu pun catatan presensi kami anggap sebagai gangguan sistem, bukan ketidakhadiran.`,
    unknownProfile: 'Jadwal kerja unit ini belum dikenal; kami memakai jadwal kantor lima hari.',
    deadLetters: (n: Count) => `${n.text} catatan tidak dapat dibaca dan belum ikut dihitung.`,
  },

  rights: {
    heading: 'Bila data tidak sesuai',
    objection: (until: string, contact: string) =>
      `Mohon sampaikan klarifikasi paling lambat 5 hari kerja, yaitu sampai ${until}, dengan membalas surel ini atau menulis kepada ${contact}. Cukup sebutkan angka mana yang tidak sesuai dan apa yang tercatat di unit.`,
    objectionByLink: (until: string, contact: string) =>
      `Mohon sampaikan klarifikasi paling lambat 5 hari kerja, yaitu sampai ${until}, lewat tautan ini atau dengan menulis kepada ${contact}. Cukup sebutkan angka mana yang tidak sesuai dan apa yang tercatat di unit.`,
    object: 'Sampaikan klarifikasi',
  },
  disclaimer: 'Catatan ini untuk pembinaan unit, bukan dasar hukuman disiplin atau penilaian perorangan.',
  footer: {
    whyHead: (unit: string) =>
      `Bapak/Ibu menerima surel ini karena alamat ini tercatat di direktori kota sebagai alamat catatan mingguan ${unit}.`,
    whySuperior: (unit: string) =>
      `Bapak/Ibu menerima surel ini sebagai atasan langsung ${unit}. Isinya sama dengan yang diterima pimpinan unit.`,
    whyInPlaceOf: (unit: string) =>
      `Bapak/Ibu menerima surel ini sebagai atasan langsung ${unit}, karena surel kepada pimpinan unit tidak dapat disampaikan.`,
    whyAdded: (unit: string) =>
      `Bapak/Ibu menerima surel ini karena alamat ini ditambahkan untuk catatan mingguan ${unit} dan sudah dikonfirmasi.`,
    unsubscribe: 'Berhenti menerima catatan ini',
    unsubscribeCopies: 'Berhenti menerima salinan catatan semua unit, bukan rekapnya',
    sentBy: (zone: string) => `Dikirim oleh Bina setiap Senin pagi. Semua waktu dalam ${zone}.`,
  },
}

export type Messages = typeof id
export type FollowUpMessages = typeof idFollowUp
