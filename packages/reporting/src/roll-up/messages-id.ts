import type { Count } from '../count.ts'

const of = (x: Count, n: Count) => `${x.text} dari ${n.text}`

/** What the reports of superiors, of the city and of the inspectorate say in Indonesian, besides the words that units' reports have too. */
export const id = {
  area: {
    title: 'Rekap pembinaan mingguan',
    subject: (area: string, period: string) => `Rekap pembinaan mingguan ${area}, ${period}`,
    opening: (period: string) =>
      `Berikut rekap pembinaan untuk minggu ${period}. Unit disebut menurut abjad; tiap unit menerima catatannya sendiri dengan isi yang sama seperti salinan Bapak/Ibu.`,
    preheader: (n: Count) =>
      n.value === 0 ? 'Tidak ada unit yang tercatat menunggu bantuan.' : `${n.text} unit mungkin menunggu bantuan.`,
    disclaimer: 'Rekap ini untuk pembinaan unit, bukan dasar hukuman disiplin atau penilaian perorangan.',
    why: (area: string) =>
      `Bapak/Ibu menerima surel ini karena alamat ini tercatat di direktori kota sebagai alamat rekap ${area}.`,
  },
  city: {
    title: 'Rekap pembinaan kota',
    subject: (area: string, period: string) => `Rekap pembinaan ${area}, ${period}`,
    opening: (period: string) =>
      `Berikut rekap layanan kota untuk minggu ${period}. Tidak ada urutan unit di dalamnya: yang dilihat adalah layanan kota dan apa yang menghalangi unit.`,
    preheader: (n: Count) => `${n.text} unit mungkin menunggu bantuan minggu ini.`,
  },
  integrity: {
    title: 'Catatan keutuhan data mingguan',
    subject: (area: string, period: string) => `Catatan keutuhan data ${area}, ${period}`,
    opening: (period: string) =>
      `Berikut catatan untuk minggu ${period} tentang apakah catatan dapat dipercaya. Tidak ada nilai kinerja di dalamnya.`,
    preheader: (n: Count) => `${n.text} kasus khusus terbuka.`,
    disclaimer:
      'Catatan ini menunjukkan di mana catatan perlu dilihat bersama; catatan ini bukan temuan atas orang dan bukan dasar hukuman disiplin.',
    why: (area: string) => `Bapak/Ibu menerima surel ini sebagai pembaca catatan keutuhan data ${area}.`,
  },
  greeting: (headRole: string, name: string) => `Yth. Bapak/Ibu ${headRole} ${name},`,

  help: {
    heading: 'Unit yang mungkin menunggu bantuan',
    none: 'Minggu ini tidak ada unit yang tercatat menunggu bantuan.',
    line: (unit: string, wants: string) => `${unit}: ${wants}`,
    wants: {
      needs_support: () => 'layanannya perlu pendampingan',
      cases_overdue: (n: Count) => `${n.text} pengaduan melewati tenggat`,
      action_overdue: (n: Count) => `${n.text} langkah yang disepakati belum selesai`,
      finding_overdue: (n: Count) => `${n.text} temuan kunjungan atau media sosial belum ditindaklanjuti`,
      signal_concern: (n: Count) => `${n.text} grafik menunjukkan perubahan yang layak dicari sebabnya bersama`,
    },
    question: 'Hambatan mana yang dapat Bapak/Ibu buka jalannya minggu ini?',
    count: (n: Count) =>
      n.value === 0
        ? 'Minggu ini tidak ada unit yang tercatat menunggu bantuan.'
        : `${n.text} unit mungkin menunggu bantuan; camat dan kepala dinasnya menerima namanya.`,
  },
  figures: {
    heading: 'Layanan wilayah',
    pooled: 'Semua unit dijumlahkan: pembilang dengan pembilang, penyebut dengan penyebut; bukan rata-rata nilai unit.',
    ranges:
      'Rentang seperti 60–70 berarti: dalam empat dari lima kemungkinan keadaan sebenarnya berada di antaranya. Dari jumlah yang kecil, rentang itu juga mengikuti keadaan yang biasa, sehingga angka yang tercatat dapat berada di luarnya.',
    few: 'Jumlah di bawah 10 belum cukup untuk menyimpulkan, jadi hanya banyaknya yang disebut.',
    cityHeading: 'Layanan kota',
    attendanceCaption: 'Kehadiran',
    attendance: {
      A1: 'Hari kerja dengan kehadiran',
      A2: 'Hari kerja dengan kehadiran tepat waktu',
      A3: 'Hari kerja penuh sampai jam pulang',
    },
  },
  trend: {
    caption: (name: string, window: string) => `${name}, tiap kali ${window} terakhir`,
    weekColumn: 'Minggu',
    valueColumn: 'Dari 100',
    rangeColumn: 'Rentang',
    countColumn: 'Banyaknya',
    counted: {
      S1: (n: Count) => `${n.text} pengaduan`,
      S2: (n: Count) => `${n.text} pengaduan`,
      S6: (n: Count) => `${n.text} penilaian`,
    },
    alt: (name: string, from: string, to: string, week: string, value: string, rest: string) =>
      `Grafik ${name}, minggu ${from} sampai ${to}; pada ${week} ${value} dari 100${rest === '' ? '' : ` (${rest})`}.`,
  },
  units: {
    heading: 'Unit menurut abjad',
    caption: 'Skor layanan dan pengaduan terbuka',
    unitColumn: 'Unit',
    serviceColumn: 'Skor layanan',
    casesColumn: 'Pengaduan terbuka',
    score: (value: string, lower: string, upper: string, band: string) => `${value} (${lower}–${upper}), ${band}`,
    noScore: 'data belum cukup',
    cases: (due: Count, overdue: Count) =>
      [
        ...(due.value > 0 ? [`${due.text} jatuh tempo`] : []),
        ...(overdue.value > 0 ? [`${overdue.text} lewat`] : []),
      ].join(', '),
    interval: 'Angka dalam kurung: dalam empat dari lima kemungkinan keadaan sebenarnya berada di antaranya.',
    more: (n: Count) => `dan ${n.text} unit lain, lihat lampiran CSV`,
    moreRows: (n: Count) => `dan ${n.text} baris lain, lihat ClickHouse`,
  },
  stuck: {
    heading: 'Pengaduan yang tertahan di antara unit',
    caption: 'Berpindah tangan atau belum dipegang siapa pun',
    idColumn: 'Nomor pengaduan',
    unitsColumn: 'Unit',
    dueColumn: 'Tenggat warga',
    nobody: 'belum ada',
    more: (n: Count) => `dan ${n.text} pengaduan lain`,
  },
  actions: {
    heading: 'Langkah dan pembinaan',
    line: (unit: string, step: string, when: string) => `${unit}: ${step} (${when})`,
    done: (date: string) => `sudah, ${date}`,
    due: (date: string) => `tenggat ${date}`,
    coaching: (x: Count, n: Count) => `Pembinaan yang terlaksana dalam 13 minggu: ${of(x, n)} yang direncanakan.`,
    done13: (x: Count, n: Count) => `Langkah yang selesai pada waktunya dalam 13 minggu: ${of(x, n)}.`,
    none: 'Belum ada langkah yang disepakati pada minggu-minggu terakhir.',
    more: (n: Count) => `dan ${n.text} langkah lain`,
  },
  findings: {
    heading: 'Temuan kunjungan dan media sosial',
    unitColumn: 'Unit',
    fromColumn: 'Dari',
    dueColumn: 'Tenggat',
    caption: 'Masih terbuka, atau ditutup minggu itu',
    closed: (date: string) => `ditutup ${date}`,
    counts: (open: Count, overdue: Count, closed: Count) =>
      `${open.text} temuan terbuka, ${overdue.text} di antaranya lewat tenggat; ${closed.text} ditutup minggu itu.`,
    from: {
      mayor_visit: 'kunjungan wali kota',
      social_media: 'media sosial',
      spot_check: 'pemeriksaan acak',
      inspectorate: 'inspektorat',
    },
    more: (n: Count) => `dan ${n.text} temuan lain`,
  },
  checks: {
    heading: 'Pemeriksaan acak',
    line: (x: Count, n: Count) => `Pada ${of(x, n)} pemeriksaan dalam 4 minggu, pegawai berada di tempat`,
    few: 'Jumlah sekecil ini belum cukup untuk menyimpulkan.',
    none: 'Belum ada pemeriksaan acak dalam 4 minggu terakhir.',
  },
  bands: {
    heading: 'Di mana unit berada',
    intro: 'Banyaknya unit menurut apa yang dapat disimpulkan dari datanya:',
    units: (n: Count) => `${n.text} unit`,
  },
  blocked: {
    heading: 'Yang menghalangi unit',
    outages: (n: Count) => `${n.text} hari unit tanpa satu pun catatan presensi, dianggap gangguan sistem.`,
    silent: (sources: string) => `Sistem yang diam lebih lama daripada biasanya: ${sources}.`,
    none: 'Tidak ada gangguan sistem yang tercatat minggu itu.',
  },
  effects: {
    heading: 'Apakah pembinaan membantu',
    none: 'Belum dapat disimpulkan dari data yang ada.',
    subject: { city: 'Kota' },
    line: (subject: string, measure: string, effect: string, lower: string, upper: string, n: Count) =>
      `${subject}, ${measure.toLowerCase()}: ${effect} poin dari 100 terhadap unit yang belum dibina (dalam empat dari lima kemungkinan antara ${lower} dan ${upper}; ${n.text} unit dibina).`,
  },
  restatements: {
    causeColumn: 'Sebab',
    causes: {
      'late event': 'data datang terlambat',
      correction: 'data dibetulkan pengirim',
      withdrawal: 'data ditarik pengirim',
      directory: 'direktori berubah',
      rebuild: 'dihitung ulang',
    },
    rules: (versions: string) => `aturan berubah (${versions})`,
    heading: 'Nilai final yang berubah',
    unitColumn: 'Unit',
    weekColumn: 'Minggu',
    fromColumn: 'Semula',
    toColumn: 'Menjadi',
    caption: 'Bergeser 2 poin atau lebih karena data yang datang kemudian',
    hidden: 'tidak ditampilkan',
    more: (n: Count) => `dan ${n.text} perubahan lain`,
  },
  signals: {
    heading: 'Catatan yang layak dilihat bersama',
    caption: 'Grafik keutuhan yang berubah melampaui kebetulan',
    unitColumn: 'Unit',
    measureColumn: 'Ukuran',
    weeksColumn: 'Minggu berturut-turut',
    none: 'Tidak ada grafik keutuhan yang berubah melampaui kebetulan.',
    names: {
      B1: 'bagian hari yang dikecualikan',
      B4: 'waktu menunggu pelapor',
      S8: 'pengaduan yang dibuka kembali',
      S10: 'pengaduan yang dikecualikan',
    } as Readonly<Record<string, string>>,
  },
  mismatches: {
    caption: 'Pemeriksaan acak yang tidak sesuai catatan, 4 minggu',
    unitColumn: 'Unit',
    checksColumn: 'Tidak sesuai',
    none: 'Semua pemeriksaan acak dalam 4 minggu sesuai dengan catatan, atau belum ada pemeriksaan.',
    count: of,
    outageCaption: 'Hari tanpa catatan presensi satu pun',
    dayColumn: 'Hari',
    peopleColumn: 'Orang',
  },
  severe: {
    heading: 'Kasus khusus',
    intro: 'Kasus pungutan dan diskriminasi tidak masuk nilai unit. Di sini hanya nomornya.',
    none: 'Tidak ada kasus khusus yang terbuka.',
    caption: 'Nomor kasus',
    idColumn: 'Nomor',
    categoryColumn: 'Jenis',
    receivedColumn: 'Diterima',
    categories: { illegal_fee: 'pungutan', discrimination: 'diskriminasi' } as Readonly<Record<string, string>>,
    more: (n: Count) => `dan ${n.text} kasus lain`,
  },
  draws: {
    heading: 'Undian pemeriksaan acak',
    intro: 'Setiap undian dapat dihitung ulang oleh siapa pun.',
    line: (draw: string, week: string, slots: Count, seed: string) =>
      `${draw}, ${week}: ${slots.text} pemeriksaan, benih ${seed}`,
    notYet: 'belum dibuka',
    verify: 'Hitung ulang: npx bina spot-check verify BERKAS',
    none: 'Belum ada undian dalam 4 minggu terakhir.',
  },
  quality: {
    heading: 'Mutu data',
    caption: 'Temuan data minggu itu',
    kindColumn: 'Jenis',
    countColumn: 'Banyaknya',
    none: 'Tidak ada temuan data minggu itu.',
    letters: 'Catatan yang tidak dapat dibaca',
    reasonColumn: 'Alasan',
  },
  frame: {
    heading: 'Tentang angka ini',
    statusLabel: 'Status',
  },
  rights: {
    heading: 'Bila data tidak sesuai',
    text: (until: string, contact: string) =>
      `Unit berhak menyampaikan klarifikasi dalam 5 hari kerja, yaitu sampai ${until}. Untuk rekap ini, balas surel ini atau tulis kepada ${contact}.`,
  },
  notice: {
    title: 'Pemberitahuan bagi operator',
    subjects: {
      held: (week: string) => `Bina: laporan ${week} ditahan`,
      finished_with_failures: (week: string) => `Bina: sebagian laporan ${week} tidak sampai`,
      awaiting_approval: (week: string) => `Bina: laporan ${week} menunggu persetujuan`,
      paused: (week: string) => `Bina: laporan ${week} dihentikan sementara`,
    },
    greeting: 'Kepada operator Bina,',
    openings: {
      held: (week: string) =>
        `Laporan minggu ${week} atau sebagian darinya belum dikirim. Laporan dengan data yang kurang tidak adil, jadi dicoba lagi sendiri setiap sepuluh menit.`,
      finished_with_failures: (week: string) => `Laporan minggu ${week} sudah dikirim, tetapi tidak semuanya sampai.`,
      awaiting_approval: (week: string) => `Laporan minggu ${week} siap dan menunggu persetujuan sebelum dikirim.`,
      paused: (week: string) => `Pengiriman laporan minggu ${week} dihentikan sementara.`,
    },
    causeHeading: 'Yang terjadi',
    counts: (sent: Count, unsent: Count) => `Terkirim: ${sent.text}. Tidak sampai: ${unsent.text}.`,
    commandsHeading: 'Yang dapat diketik',
    unitsHeading: 'Yang ditahan',
    unitsCaption: 'Unit dan sebabnya',
    unitColumn: 'Unit',
    causeColumn: 'Sebab',
    allUnits: 'semua unit',
    more: (n: Count) => `dan ${n.text} unit lain: npx bina report history`,
    disclaimer: 'Tidak ada laporan yang dikirim dua kali.',
    why: (at: string) => `Anda menerima surel ini karena alamat ini tertulis di OPERATOR_EMAIL. Ditulis ${at}.`,
  },
  marks: {
    resent: 'Kirim ulang',
    test: 'Uji coba, bukan kiriman resmi',
    resentNote: 'Surel ini dikirim ulang atas permintaan; angkanya dapat berbeda dari kiriman sebelumnya.',
    testNote: 'Surel ini hanya uji coba; bukan catatan resmi.',
  },
  unsubscribe: (url: string) => `Berhenti menerima surel ini: ${url}`,
}

export type RollUpMessages = typeof id
