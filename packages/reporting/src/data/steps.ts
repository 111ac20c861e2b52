import type { Step, StepLibrary } from '../step-library.ts'

const step = (id: string, owner: Step['owner'], idText: string, enText: string): Step => ({
  id,
  owner,
  text: { id: idText, en: enText },
})

/** The suggested steps that come with Bina: task, not person; small enough for one week; nothing that needs a budget. */
export const defaultSteps: StepLibrary = {
  response: [
    step(
      'response-morning-look',
      'service_lead',
      'Sediakan 15 menit setiap pagi untuk membuka pengaduan baru dan mengirim tanggapan awal berisi rencana dan waktunya.',
      'Set aside 15 minutes every morning to open new complaints and send a first answer with the plan and its date.',
    ),
    step(
      'response-samples',
      'service_lead',
      'Siapkan tiga contoh tanggapan awal (rencana, keputusan, permintaan data) yang siap dipakai di loket dan WhatsApp.',
      'Prepare three sample first answers (a plan, a decision, a request for data), ready for the counter and WhatsApp.',
    ),
    step(
      'response-stand-in',
      'office_lead',
      'Sepakati siapa yang menjawab pengaduan baru saat petugasnya cuti atau dinas luar, dan tempel jadwalnya.',
      'Agree who answers new complaints when the usual officer is on leave or on duty elsewhere, and post the rota.',
    ),
  ],
  verified_resolution: [
    step(
      'resolution-proof',
      'service_lead',
      'Sebelum menutup pengaduan, hubungi pelapornya atau ambil foto hasilnya, lalu simpan buktinya pada nomor pengaduan.',
      'Before closing a complaint, call the reporter or photograph the result, and keep the proof with its number.',
    ),
    step(
      'resolution-two-cases',
      'head',
      'Bahas bersama dua pengaduan terakhir yang belum tuntas pada tenggatnya, dan catat di langkah mana keduanya tertahan.',
      'Talk through the last two complaints that were not done when due, and note at which step they were held up.',
    ),
    step(
      'resolution-board',
      'service_lead',
      'Tulis pengaduan terbuka dan tenggatnya di papan kerja, dan tinjau setiap Senin dan Kamis.',
      'Write the open complaints and their due dates on the board, and go through them every Monday and Thursday.',
    ),
  ],
  satisfaction: [
    step(
      'satisfaction-five-residents',
      'service_lead',
      'Tanyakan kepada lima warga yang baru dilayani: apa yang paling membantu, dan apa yang sebaiknya lebih mudah.',
      'Ask five residents who have just been served what helped most and what should be easier.',
    ),
    step(
      'satisfaction-waiting-times',
      'service_lead',
      'Pasang perkiraan waktu selesai tiap layanan di loket dan di WhatsApp.',
      'Post how long each service takes at the counter and on WhatsApp.',
    ),
    step(
      'satisfaction-busy-hour',
      'office_lead',
      'Catat jam teramai selama tiga hari, lalu atur giliran petugas tambahan pada jam itu.',
      'Note the busiest hour for three days, then arrange an extra officer for it.',
    ),
  ],
  courtesy_clarity: [
    step(
      'clarity-requirements',
      'service_lead',
      'Pasang daftar persyaratan dua layanan yang paling sering diminta di loket dan di WhatsApp.',
      'Post the requirements of the two services asked for most at the counter and on WhatsApp.',
    ),
    step(
      'clarity-opening-words',
      'head',
      'Sepakati sapaan di loket: menyapa, menjelaskan langkah berikut, lalu menanyakan apakah sudah jelas.',
      'Agree on the words at the counter: greet, explain the next step, then ask whether it is clear.',
    ),
    step(
      'clarity-one-sheet',
      'service_lead',
      'Gabungkan semua persyaratan satu layanan dalam satu lembar, supaya warga cukup datang satu kali.',
      'Put all requirements of one service on one sheet, so that residents need to come only once.',
    ),
  ],
  no_stale_backlog: [
    step(
      'backlog-oldest',
      'service_lead',
      'Buka pengaduan yang paling lama melewati tenggat, hubungi pelapornya, dan sampaikan langkah berikut beserta waktunya.',
      'Open the complaint that is longest past due, call the reporter, and tell the next step and its date.',
    ),
    step(
      'backlog-one-hour',
      'office_lead',
      'Sediakan satu jam pada hari Rabu khusus untuk pengaduan yang melewati tenggat.',
      'Keep one hour on Wednesday for the complaints past due alone.',
    ),
    step(
      'backlog-ask',
      'head',
      'Kirim kepada atasan daftar pengaduan yang tertahan di luar kewenangan unit, beserta bantuan yang diperlukan.',
      "Send the superior the list of complaints held up outside the unit's own powers, with the help that is needed.",
    ),
  ],
  verified_attendance: [
    step(
      'attendance-counter-rota',
      'office_lead',
      'Tinjau bersama jadwal piket loket, dan pastikan setiap jam layanan ada penggantinya.',
      'Go through the counter rota together, and make sure that every service hour has a stand-in.',
    ),
    step(
      'attendance-papers',
      'office_lead',
      'Pastikan cuti dan dinas luar tercatat sebelum harinya, atau paling lambat tiga hari kerja sesudahnya.',
      'See that leave and duty elsewhere are on record before the day, or three working days after it at the latest.',
    ),
    step(
      'attendance-devices',
      'office_lead',
      'Periksa alat presensi dan nomor panggilan video unit, dan laporkan bila ada yang terganggu.',
      "Check the attendance device and the unit's number for video calls, and report what does not work.",
    ),
  ],
  on_time: [
    step(
      'on-time-causes',
      'head',
      'Kumpulkan dalam apel tiga hal yang paling sering menunda pembukaan loket, dan pilih satu untuk diselesaikan.',
      'Collect at the morning meeting the three things that delay opening most often, and pick one to solve.',
    ),
    step(
      'on-time-openers',
      'office_lead',
      'Atur giliran pembuka loket yang siap 15 menit sebelum jam layanan.',
      'Set up turns for opening the counter, ready 15 minutes before service hours.',
    ),
    step(
      'on-time-reasons',
      'office_lead',
      'Catat pada hari yang sama bila kedatangan tertunda karena tugas, supaya terhitung sebagaimana mestinya.',
      'Record on the same day when work is the reason for a delayed arrival, so that it counts as it should.',
    ),
  ],
  full_day: [
    step(
      'full-day-closers',
      'office_lead',
      'Atur giliran penutup loket, supaya ada petugas sampai akhir jam layanan.',
      'Set up turns for closing the counter, so that somebody is there until the end of service hours.',
    ),
    step(
      'full-day-clock-out',
      'office_lead',
      'Pasang pengingat mencatat jam pulang di pintu keluar; hari tanpa jam pulang tidak terhitung penuh.',
      'Put a reminder to clock out at the exit; a day without a clock-out does not count as a full day.',
    ),
    step(
      'full-day-field-work',
      'service_lead',
      'Tinjau pekerjaan lapangan sore hari, dan catat sebagai dinas luar.',
      'Go through the field work of the afternoons, and record it as duty elsewhere.',
    ),
  ],
  cases: [
    step(
      'cases-divide',
      'service_lead',
      'Bagi pengaduan di bawah ini: satu pemegang dan satu hari untuk tiap nomor.',
      'Divide the complaints below: one holder and one day for each number.',
    ),
    step(
      'cases-news',
      'service_lead',
      'Kirim kabar kepada pelapor tiap pengaduan di bawah ini: apa langkah berikutnya dan kapan.',
      'Send word to the reporter of each complaint below: what comes next, and when.',
    ),
    step(
      'cases-help',
      'head',
      'Tandai pengaduan di bawah ini yang memerlukan unit lain, dan minta bantuan atasan untuk menghubungkannya.',
      'Mark which of the complaints below need another unit, and ask the superior to make the link.',
    ),
  ],
  general: [
    step(
      'general-three-residents',
      'service_lead',
      'Tanyakan kepada tiga warga di loket bagian mana yang paling membingungkan, lalu perjelas satu di antaranya.',
      'Ask three residents at the counter what confuses most, then make one of those things clearer.',
    ),
    step(
      'general-complaint-way',
      'service_lead',
      'Pasang alur dan nomor pengaduan di loket, supaya warga tahu ke mana menyampaikan keluhan.',
      'Post at the counter how and where to complain, so that residents know where to turn.',
    ),
    step(
      'general-facilities',
      'office_lead',
      'Periksa satu ruang atau alat yang paling sering dipakai warga, dan catat apa yang perlu dibenahi.',
      'Check the one room or device that residents use most, and note what needs mending.',
    ),
    step(
      'general-what-works',
      'head',
      'Luangkan 15 menit untuk membahas satu layanan yang berjalan baik dan apa yang dapat ditiru di layanan lain.',
      'Take 15 minutes to talk about one service that works well and what other services can take from it.',
    ),
  ],
}
