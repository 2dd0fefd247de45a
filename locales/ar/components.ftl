## Words of all pages

list-sort = الترتيب
list-show = العرض
list-page-size = { $count } في الصفحة
status-present = حاضر
status-late = متأخر
status-absent = غائب
status-excused = معذور
status-unmarked = غير مسجّل
status-count-present = حاضر: { $count }
status-count-late = متأخر: { $count }
status-count-absent = غائب: { $count }
status-count-excused = معذور: { $count }
status-count-unmarked = غير مسجّل: { $count }
role-student = طالب
role-teacher = معلّم
role-admin = مدير النظام
state-active = نشط
state-inactive = غير نشط
stage-not-started = لم تبدأ
stage-open = مفتوحة
stage-to-confirm = بانتظار التأكيد
stage-done = منتهية
stage-cancelled = ملغاة
word-optional = (اختياري)
word-cancel = إلغاء
word-search = بحث
word-delete = حذف
word-try-again = إعادة المحاولة
word-sign-in = تسجيل الدخول
word-actions = الإجراءات
word-list-separator = {"، "}

## Frame of every page

shell-description = حضور الحصص: التقط صورة للقاعة واحصل على سجل الحضور.
layout-skip = الانتقال إلى المحتوى
layout-offline = لا يوجد اتصال. لن تُحفظ التغييرات على الخادم حتى يعود.
nav-main = التنقل الرئيسي
nav-overview = نظرة عامة
nav-today = اليوم
nav-sessions = الجلسات
nav-students = الطلاب
nav-reports = التقارير
nav-users = المستخدمون
nav-settings = الإعدادات
nav-my-attendance = حضوري
nav-my-face = وجهي
user-menu-profile = الملف الشخصي والأجهزة
user-menu-sign-out = تسجيل الخروج
language-choose = اللغة
search-box-everywhere = في كل مكان
search-box-label = البحث عن الطلاب والجلسات وغيرها
area-label = الإدارة
area-settings = الإعدادات
area-departments = الأقسام
area-import = الاستيراد
area-models = النماذج
area-outbox = صندوق الصادر
area-audit = سجل التدقيق
area-backup = النسخ الاحتياطي
breadcrumbs-label = مسار التنقل
skeleton-loading = جارٍ التحميل
toast-dismiss = إغلاق هذه الرسالة

## Lists

pagination-label = صفحات هذه القائمة
pagination-range = { $from }–{ $to } من { $count }
pagination-previous = السابق
pagination-next = التالي
contests-wait = { $count ->
    [zero] لا اعتراضات بالانتظار
    [one] اعتراض واحد بالانتظار
    [two] اعتراضان بالانتظار
    [few] { $count } اعتراضات بالانتظار
    [many] { $count } اعتراضًا بالانتظار
   *[other] { $count } اعتراض بالانتظار
}

## Counts of a register

counters-sentence = حاضر: { $present }، متأخر: { $late }، غائب: { $absent }، معذور: { $excused }، غير مسجّل: { $unmarked }؛ المجموع: { $total }
counters-on-roster = في قائمة الطلاب
counters-mini = { $here } من { $total }

## Percentage of a student

share-sum = الحضور: { $attended } من أصل { $counted } محتسبة
share-sum-late = الحضور: { $attended } (حاضر: { $present }، متأخر: { $late }) من أصل { $counted } محتسبة
share-excused = { $count ->
    [zero] { $sum }؛ ولا جلسات معذورة
    [one] { $sum }؛ جلسة معذورة واحدة غير محتسبة
    [two] { $sum }؛ جلستان معذورتان غير محتسبتين
    [few] { $sum }؛ { $count } جلسات معذورة غير محتسبة
    [many] { $sum }؛ { $count } جلسة معذورة غير محتسبة
   *[other] { $sum }؛ { $count } جلسة معذورة غير محتسبة
}
share-rule = يُحتسب الحاضر والمتأخر حضورًا. ولا تُحتسب إلا سجلات الحضور المحفوظة.
share-sessions = الجلسات

## Amounts

amount-bytes = { $count } بايت
amount-kb = { $amount } كيلوبايت
amount-mb = { $amount } ميغابايت
amount-gb = { $amount } غيغابايت
amount-tb = { $amount } تيرابايت
amount-none = لا شيء
amount-in-ten-thousand = { $amount } من كل 10,000
amount-ms = { $amount } مللي ثانية
amount-s = { $amount } ثانية

## Charts

heat-weekday-1 = ن
heat-weekday-2 = ث
heat-weekday-3 = ر
heat-weekday-4 = خ
heat-weekday-5 = ج
heat-weekday-6 = س
heat-weekday-7 = ح
heat-month-empty = { $month }: لا حصص
heat-month-days = { $month }، الأيام: { $counts }
heat-day-title = { $day }: { $words }
line-label = { $label }. { $told }
line-one = قيمة واحدة: { $value }.
line-many = عدد القيم: { $count }. الأولى { $first }؛ الأدنى { $lowest }؛ الأخيرة { $last }. والجدول يضمها جميعًا.

## Changes

history-reason = السبب:
history-became = أصبح

## Chips

chip-faces = { $count ->
    [zero] لا وجه بعد
    [one] وجه واحد
    [two] وجهان
    [few] { $count } وجوه
    [many] { $count } وجهًا
   *[other] { $count } وجه
}
chip-quality-good = جودة جيدة
chip-quality-fair = جودة مقبولة
chip-quality-poor = جودة ضعيفة
chip-import-stopped = متوقف
chip-row-new = جديد
chip-row-changed = متغيّر
chip-row-unchanged = بلا تغيير
chip-row-problem = مشكلة
chip-row-left-out = مستبعد
chip-row-undone = تم التراجع
chip-row-kept = أُبقي عليه
chip-row-photo-waits = الصورة بالانتظار
chip-row-created = أُنشئ

## Photos in a form

picker-choose = اختيار صور
picker-choose-one = اختيار صورة
picker-use-camera = استخدام الكاميرا
picker-close-camera = إغلاق الكاميرا
picker-camera-photo = صورة من الكاميرا
picker-hint = شخص واحد ينظر إلى الكاميرا في إضاءة متساوية. أفضل النتائج بصور معًا: من الأمام، ومع التفات بسيط إلى اليسار، وآخر إلى اليمين. JPEG أو PNG؛ تُصغَّر الصور وتُزال بياناتها الوصفية قبل إرسالها.
picker-refused = { $name }: { $why }
picker-too-many = { $most ->
    [zero] لا تُقبل أي صورة.
    [one] صورة واحدة على الأكثر في المرة الواحدة.
    [two] صورتان على الأكثر في المرة الواحدة.
    [few] { $most } صور على الأكثر في المرة الواحدة.
    [many] { $most } صورة على الأكثر في المرة الواحدة.
   *[other] { $most } صورة على الأكثر في المرة الواحدة.
}
picker-heic = هذه صورة بصيغة HEIC لا تستطيع المتصفحات عرضها. اضبط كاميرا الهاتف على «الأكثر توافقًا»، أو أرسلها بصيغة JPEG.
picker-too-large = هذا الملف أكبر من 40 ميغابايت.
picker-wrong-kind = لا تُقبل إلا صور JPEG وPNG.
pick-preview = معاينة { $name }
pick-take-out = إزالة { $name }
pick-again = التقاط من جديد
pick-again-name = التقاط من جديد: { $name }
pick-checking = جارٍ فحص الوجه …
pick-looks-alike = تشابه
pick-lookalike = هذا الوجه قريب جدًا من وجه { $name } ({ $roll }).
pick-compare = مقارنة
pick-face-size = الوجه { $px } بكسل
pick-sharpness = الحدّة { $percent } %
pick-brightness = السطوع { $percent } %
pick-turned = الالتفات { $degrees }°

## Trouble

trouble-code = خطأ { $status }
trouble-no-connection = لا يوجد اتصال
trouble-title-401 = يُرجى تسجيل الدخول
trouble-title-403 = لا يحق لك الاطلاع على هذا
trouble-title-404 = لا يوجد شيء هنا
trouble-title-413 = هذا أكثر مما يُقبل دفعة واحدة
trouble-title-503 = لحظة من فضلك
trouble-title-500 = حدث خطأ ما
trouble-title-other = لم ينجح ذلك
trouble-first-page = الانتقال إلى صفحتك الأولى
trouble-no-such-page = ربما كُتب العنوان خطأً، أو أُزيل ما كان هنا.
trouble-missing = العنصر المطلوب ({ $what }) غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-attendance-record = قيد الحضور هذا غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-session = جلسة الحضور هذه غير موجودة، أو لا يحق لك الاطلاع عليها.
trouble-missing-backup = هذه النسخة الاحتياطية غير موجودة، أو لا يحق لك الاطلاع عليها.
trouble-missing-department = هذا القسم غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-import = هذا الاستيراد غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-login-session = جلسة تسجيل الدخول هذه غير موجودة، أو لا يحق لك الاطلاع عليها.
trouble-missing-message = هذه الرسالة غير موجودة، أو لا يحق لك الاطلاع عليها.
trouble-missing-objection = هذا الاعتراض غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-photo = هذه الصورة غير موجودة، أو لا يحق لك الاطلاع عليها.
trouble-missing-record = هذا القيد غير موجود، أو لا يحق لك الاطلاع عليه.
trouble-missing-student = هذا الطالب غير موجود، أو لا يحق لك الاطلاع على بياناته.
trouble-missing-student-of-session = هذا الطالب ليس في هذه الجلسة، أو لا يحق لك الاطلاع على بياناته.
trouble-missing-user = هذا المستخدم غير موجود، أو لا يحق لك الاطلاع على بياناته.
resource-unreadable = جلبت الصفحة بيانات تتعذر قراءتها. أعد تحميلها.

## Camera that leads from photo to photo

guide-count = الصورة { $number } من { $count }
guide-said = الصورة { $number } من { $count }: { $label }. { $hint }
guide-skip = تخطّي هذه الصورة
guide-skipped = تم التخطّي
guide-after-all = التقاطها رغم ذلك
guide-after-all-name = التقاطها رغم ذلك: { $name }
guide-now = هذه الصورة الآن
guide-to-come = لاحقًا
guide-refused = لم يُحفظ شيء بعد: التقط هذه الصورة من جديد.
guide-done = جاهزة للحفظ
guide-done-hint = ألقِ نظرة أخيرة على الصور. لم يُحفظ شيء بعد، ومغادرة هذه الصفحة تمحوها.
guide-photos = الصور حتى الآن
