## Files to take away: their titles, headings and words. The files of the REST API say the same in English.

export-title-register = { $institution }: { $subject } في { $date }
export-title-records = { $institution }: قيود الحضور
export-title-statistics = { $institution }: الحضور من { $from } إلى { $to }
export-institution = المؤسسة
export-department = القسم
export-subject = المادة
export-teacher = المعلّم
export-date = التاريخ
export-start = البداية
export-end = النهاية
export-state = الحالة
export-state-active = مفتوحة
export-state-completed = منتهية
export-state-cancelled = ملغاة
export-completed = حُفظ في
export-counts = الأعداد
export-counts-sentence = عدد الطلاب: { $total }؛ حاضر: { $present }، متأخر: { $late }، غائب: { $absent }، معذور: { $excused }، غير مسجّل: { $unmarked }
export-notes = ملاحظات
export-register = سجل الحضور
export-records = القيود
export-roll-no = رقم القيد
export-name = الاسم
export-status = الحالة
export-status-present = حاضر
export-status-late = متأخر
export-status-absent = غائب
export-status-excused = معذور
export-status-unmarked = غير مسجّل
export-marked-at = وقت التسجيل
export-marked-by = سجّله
export-signature = التوقيع: { $name }
export-signed-on = التاريخ
export-from = من
export-to = إلى
export-written = صدر في
export-overall = الإجمالي
export-by-department = حسب القسم
export-by-student = حسب الطالب
export-by-subject = حسب المادة
export-by-day = حسب اليوم
export-by-week = حسب الأسبوع
export-by-month = حسب الشهر
export-period = المدة
export-period-words = من { $from } إلى { $to }
export-student = الطالب
export-week-from = الأسبوع من
export-month = الشهر
export-sessions = الجلسات
export-attendance = حاضر %
export-attendance-rule = حاضر / القيود
export-attended = نسبة الحضور %
export-attended-rule = (حاضر + متأخر) / (القيود − معذور)
export-contains = تحتوي على «{ $part }»
export-too-many = أكثر من { $most } صف: اختر مدة أقصر أو قسمًا واحدًا.
export-format = اختر csv أو xlsx أو pdf.

## The audit log to take away

export-time-zone = المنطقة الزمنية
export-when = الوقت
export-who = من
export-what = الموضوع
export-sentence = الوصف
export-action = الإجراء

## Rows of an import with problems

export-line = السطر
export-problems = المشكلات

## A long file while it is made

exports-title = ملف القيود
exports-waiting = يجري إعداد ملف طويل آخر، وهذا الملف ينتظر دوره
exports-making = جارٍ الإعداد: { $done } من { $total } صف
exports-counting = جارٍ الإعداد: تُحصى الصفوف
exports-why = يمكنك مغادرة هذه الصفحة. يستمر إعداد الملف، وتجده في هذا العنوان.
exports-ready = الملف جاهز: { $size }
exports-until = يبقى الملف هنا حتى { $until }. بعد ذلك اطلبه من جديد.
exports-download = تنزيل الملف
exports-failed = تعذّر إعداد الملف
exports-failed-why = اطلبه من جديد بعد بضع دقائق، أو اختر مدة أقصر، أو قسمًا واحدًا، أو طالبًا واحدًا.
exports-to-reports = العودة إلى التقارير
exports-gone = لم يعد هذا الملف هنا، أو ليس ملفك. تبقى الملفات ساعة واحدة: اطلبه من جديد.
exports-at-work = { $most ->
    [zero] لا يجري إعداد أي من ملفاتك.
    [one] يجري إعداد ملف من ملفاتك. انتظر حتى يجهز ثم اطلب من جديد.
    [two] يجري إعداد ملفين من ملفاتك. انتظر حتى يجهز أحدهما ثم اطلب من جديد.
    [few] يجري إعداد { $most } ملفات من ملفاتك. انتظر حتى يجهز أحدها ثم اطلب من جديد.
    [many] يجري إعداد { $most } ملفًا من ملفاتك. انتظر حتى يجهز أحدها ثم اطلب من جديد.
   *[other] يجري إعداد { $most } ملف من ملفاتك. انتظر حتى يجهز أحدها ثم اطلب من جديد.
}
