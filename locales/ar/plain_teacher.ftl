## Search

search-form = البحث في هذه الصفحة
search-placeholder = الاسم أو رقم القيد أو المادة أو اليوم
search-kinds = الطلاب بالاسم أو رقم القيد أو البريد الإلكتروني؛ والجلسات بالمادة أو اليوم
search-kinds-admin = الطلاب بالاسم أو رقم القيد أو البريد الإلكتروني؛ والجلسات بالمادة أو اليوم؛ والمستخدمون؛ والأقسام
search-hint-title = عمّ تبحث؟
search-hint = الطلاب بالاسم أو رقم القيد أو البريد الإلكتروني؛ والجلسات بالمادة أو اليوم.
search-hint-admin = الطلاب بالاسم أو رقم القيد أو البريد الإلكتروني؛ والجلسات بالمادة أو اليوم؛ والمستخدمون؛ والأقسام.
search-all-students = جميع الطلاب
search-all-sessions = جميع الجلسات
search-new-student = طالب جديد
search-matches = { $count ->
    [zero] لا نتائج لـ «{ $text }»
    [one] نتيجة واحدة لـ «{ $text }»
    [two] نتيجتان لـ «{ $text }»
    [few] { $count } نتائج لـ «{ $text }»
    [many] { $count } نتيجة لـ «{ $text }»
   *[other] { $count } نتيجة لـ «{ $text }»
}
search-nothing = لا شيء يطابق «{ $text }»
search-nothing-why = جرّب جزءًا من اسم، أو رقم قيد مثل CS-2025-001، أو مادة، أو يومًا يُكتب بالإنجليزية مثل 3 Nov أو yesterday.
search-show-all = عرض الكل ({ $count })
search-departments = الأقسام
search-active-students = { $count ->
    [zero] لا طلاب نشطين
    [one] طالب نشط واحد
    [two] طالبان نشطان
    [few] { $count } طلاب نشطين
    [many] { $count } طالبًا نشطًا
   *[other] { $count } طالب نشط
}

## Objections

contests-title = الاعتراضات
contests-lead = طلاب يقولون إن أحد القيود غير صحيح. قبول الاعتراض يصحّح سجل الحضور، ويُدوَّن اسمك والسبب ضمن تغييراته.
contests-done-accepted = صُحّح القيد. ويمكن للطالب رؤية ردّك.
contests-done-declined = بقي القيد كما هو. ويمكن للطالب رؤية ردّك.
contests-state = الحالة
contests-state-open = بالانتظار
contests-state-accepted = مقبولة
contests-state-declined = مرفوضة
contests-state-all = الكل
contests-sort-oldest = الأقدم أولًا
contests-sort-newest = الأحدث أولًا
contests-apply = تطبيق
contests-all-sessions = جميع الجلسات
contests-none-open = لا اعتراضات بالانتظار
contests-none-open-why = عندما يقول طالب إن أحد القيود غير صحيح، يظهر اعتراضه هنا إلى أن يُبتّ فيه.
contests-none = لا شيء هنا
contests-none-why = لا يوجد اعتراض يوافق عامل التصفية هذا.
contests-show-all = عرض جميع الاعتراضات
contests-written = كُتب في { $at }
contests-decided = { $who }، { $at }
contests-history = تغييرات هذا القيد
contests-outcome = كان الطالب
contests-outcome-present = حاضرًا
contests-outcome-late = متأخرًا
contests-outcome-excused = معذورًا
contests-answer = ردّ على الطالب
contests-accept = قبول وتصحيح
contests-too-late = انتهت المدة التي يمكن للمعلّمين فيها تصحيح هذا السجل. وما زال بإمكان مدير النظام قبول الاعتراض.
contests-why = سبب بقائه كما هو
contests-decline = رفض

## History of a register

register-history-title = تغييرات سجل الحضور
register-history-which = أي التغييرات
register-history-all = كل التغييرات
register-history-corrections = التصحيحات ({ $count })
register-history-list = التغييرات، الأحدث أولًا
register-history-show-all = عرض كل التغييرات
register-history-no-corrections = لم يُصحَّح شيء
register-history-no-corrections-why = لم يغيّر أحد أي قيد منذ حفظ هذا السجل.
register-history-none = لا تغييرات معروفة
register-history-none-why = سجل الحضور هذا أقدم مما لا يزال سجل التدقيق يحتفظ به.
register-history-past-end = لا شيء في هذه الصفحة
register-history-past-end-why = صفحات التغييرات أقل من ذلك.

## Register on paper

sheet-title = سجل الحضور
sheet-print = اطبع هذه الصفحة من المتصفح: Ctrl + P، أو ⌘ P على أجهزة Mac.
sheet-subject = المادة
sheet-department = القسم
sheet-teacher = المعلّم
sheet-date = التاريخ
sheet-time = الوقت
sheet-late-after = يُعدّ متأخرًا بعد
sheet-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
sheet-state = الحالة
sheet-saved-on = حُفظ في { $at }
sheet-saved = محفوظ
sheet-not-final = { $stage }: سجل الحضور هذا غير نهائي
sheet-notes = ملاحظات:
sheet-caption = كل من في قائمة الطلاب، مع الحالة والملاحظة
sheet-number = م
sheet-roll-number = رقم القيد
sheet-name = الاسم
sheet-status = الحالة
sheet-marked = طريقة التسجيل
sheet-note = ملاحظة
sheet-by-photo = بالصورة
sheet-by-clock = تلقائيًا عند انتهاء الوقت
sheet-by-hand = يدويًا
sheet-by = من { $person }
sheet-sum = { $present } حاضر + { $late } متأخر + { $absent } غائب + { $excused } معذور + { $unmarked } غير مسجّل
sheet-sum-total = { $count } في قائمة الطلاب
sheet-signed-on = التاريخ
sheet-signature = التوقيع ({ $teacher })
sheet-drawn = أصدره Rollcall في { $at }

## History of a student

student-history-of = حضور { $name }
student-history-title = الحضور والتغييرات
student-history-done-deactivated = أصبح الطالب غير نشط: لا يُدرج في أي قائمة جديدة، ولا تتعرّف عليه أي صورة بعد الآن.
student-history-done-activated = عاد الطالب نشطًا، ويُدرج في القوائم الجديدة.
student-history-attendance = الحضور
student-history-share-none = لا شيء يُحتسب بعد: لم يُحفظ أي سجل حضور يضم هذا الطالب.
student-history-counted = طريقة الاحتساب
student-history-subjects = حسب المادة
student-history-subjects-caption = سجلات الحضور المحفوظة حسب المادة
student-history-subject = المادة
student-history-records = الجلسات بالتفصيل
student-history-records-caption = الجلسات التي تضم هذا الطالب: { $count }
student-history-records-none = لا جلسات بعد
student-history-records-none-why = لم يُدرج الطالب في أي قائمة حتى الآن: تأخذ الجلسة عند بدئها طلاب القسم النشطين.
student-history-start-session = بدء جلسة
student-history-session = الجلسة
student-history-day = اليوم
student-history-status = الحالة
student-history-marked = طريقة التسجيل
student-history-note = ملاحظة
student-history-changes = التغييرات
student-history-changes-none = لا تغييرات فيما لا يزال سجل التدقيق يحتفظ به.
student-history-leaving = المغادرة
student-history-deactivate = إلغاء التنشيط
student-history-deactivate-consequence = لا يُدرج الطالب في أي قائمة جديدة ولا تتعرّف عليه أي صورة. وتبقى صوره وقيوده السابقة، ويمكن التراجع عن ذلك في أي وقت.
student-history-activate = إعادة التنشيط
student-history-activate-consequence = يُدرج الطالب من جديد في القوائم الجديدة، وتتعرّف عليه الصور.
student-history-erase = محو بيانات هذا الطالب …
student-history-erase-final = لا يمكن التراجع عن هذا.
student-history-erase-losses = ما يُحذف وما يبقى:
student-history-erase-faces =
    تُحذف فورًا، ومن البحث أيضًا: { $photos ->
        [zero] { $photos } صورة
        [one] صورة واحدة
        [two] صورتان
        [few] { $photos } صور
        [many] { $photos } صورة
       *[other] { $photos } صورة
    } و{ $templates ->
        [zero] { $templates } بصمة وجه
        [one] بصمة وجه واحدة
        [two] بصمتا وجه
        [few] { $templates } بصمات وجه
        [many] { $templates } بصمة وجه
       *[other] { $templates } بصمة وجه
    }.
student-history-erase-fields = يُحذف الاسم ورقم القيد والبريد الإلكتروني والهاتف والموافقات.
student-history-erase-no-records = لا توجد قيود، فلا يبقى من بيانات الطالب شيء.
student-history-erase-records = { $count ->
    [zero] لا يبقى أي قيد في أعداد سجلات الحضور باسم «Erased student».
    [one] يبقى قيد واحد في أعداد سجلات الحضور باسم «Erased student»، وتُحذف ملاحظاته.
    [two] يبقى قيدان في أعداد سجلات الحضور باسم «Erased student»، وتُحذف ملاحظاتهما.
    [few] تبقى { $count } قيود في أعداد سجلات الحضور باسم «Erased student»، وتُحذف ملاحظاتها.
    [many] يبقى { $count } قيدًا في أعداد سجلات الحضور باسم «Erased student»، وتُحذف ملاحظاتها.
   *[other] يبقى { $count } قيد في أعداد سجلات الحضور باسم «Erased student»، وتُحذف ملاحظاتها.
}
student-history-erase-account = يُمحى الحساب «{ $account }» معه، ولا يستطيع أحد تسجيل الدخول به بعد ذلك.
student-history-erase-backups = تُحذف أيضًا الرسائل وصفوف الاستيراد وما كُتب عنه في سجل التدقيق. وتحتفظ النسخ الاحتياطية بكل ذلك إلى أن تُحذف.
student-history-erase-confirm = اكتب { $roll } للتأكيد
student-history-erase-go = محو نهائي

## Reports: filters

reports-period = من { $from } إلى { $to }
reports-of-all-departments = كل الأقسام
reports-of-subject = المادة «{ $subject }»
reports-this-week = هذا الأسبوع
reports-last-30-days = آخر 30 يومًا
reports-last-90-days = آخر 90 يومًا
reports-last-365-days = آخر 365 يومًا
reports-filters = نطاق التقرير
reports-from = من
reports-to = إلى
reports-department = القسم
reports-all-departments = كل الأقسام
reports-subject = المادة
reports-student = الطالب
reports-student-hint = رقم القيد أو الاسم
reports-over-time = عبر الزمن
reports-step-by-length = حسب طول المدة
reports-step-day = حسب اليوم
reports-step-week = حسب الأسبوع
reports-step-month = حسب الشهر
reports-below = نسبة الحضور أقل من، %
reports-below-hint = من 1 إلى 100؛ اتركه فارغًا للجميع
reports-show = عرض
reports-clear = مسح عوامل التصفية
reports-tab-low = حضور منخفض
reports-tab-without-register = بلا سجل حضور
reports-too-much = أكثر مما يتسع له ملف واحد
reports-too-much-why = يتسع الملف لـ 1,000,000 صف على الأكثر، وملف PDF لـ 5,000. اختر مدة أقصر، أو قسمًا واحدًا، أو طالبًا واحدًا.

## Reports: overview

reports-empty = لا سجلات حضور محفوظة في هذه المدة
reports-empty-why = تحتسب التقارير الجلسات التي حفظ شخصٌ سجل حضورها. ولا يوجد منها ما يوافق هذه المدة وعوامل التصفية هذه.
reports-longer = عرض آخر 365 يومًا
reports-percentage = النسبة المئوية
reports-arithmetic = { $count ->
    [zero] { $arithmetic }، بلا أي جلسة محفوظة
    [one] { $arithmetic }، في جلسة محفوظة واحدة
    [two] { $arithmetic }، في جلستين محفوظتين
    [few] { $arithmetic }، في { $count } جلسات محفوظة
    [many] { $arithmetic }، في { $count } جلسة محفوظة
   *[other] { $arithmetic }، في { $count } جلسة محفوظة
}
reports-records = القيود
reports-students-below = الطلاب دون { $limit } %
reports-owed = { $count ->
    [zero] لا جلسات بلا سجل حضور
    [one] جلسة واحدة بلا سجل حضور
    [two] جلستان بلا سجل حضور
    [few] { $count } جلسات بلا سجل حضور
    [many] { $count } جلسة بلا سجل حضور
   *[other] { $count } جلسة بلا سجل حضور
}
reports-owed-why = في هذه المدة: لم يُحفظ سجلها، أو أُغلق تلقائيًا عند انتهاء الوقت ولم يُؤكَّد. وهي خارج هذه الأرقام.
reports-trend-day = عبر الزمن، حسب اليوم
reports-trend-day-label = نسبة الحضور، حسب اليوم
reports-trend-week = عبر الزمن، حسب الأسبوع
reports-trend-week-label = نسبة الحضور، حسب الأسبوع
reports-trend-month = عبر الزمن، حسب الشهر
reports-trend-month-label = نسبة الحضور، حسب الشهر
reports-day = اليوم
reports-week = الأسبوع من
reports-month = الشهر
reports-point = { $when }: { $percentage }، { $arithmetic }
reports-by-subject = حسب المادة
reports-by-subject-caption = الحضور حسب المادة
reports-by-department = حسب القسم
reports-by-department-caption = الحضور حسب القسم
reports-lowest-first = أدنى { $shown } من أصل { $count }؛ والجدول يضمها جميعًا.
reports-files = ملفات
reports-file-report = هذا التقرير
reports-file-records = القيود التي يقوم عليها

## Reports: tables

reports-numbers = { $count ->
    [zero] الأرقام (لا صفوف)
    [one] الأرقام (صف واحد)
    [two] الأرقام (صفّان)
    [few] الأرقام ({ $count } صفوف)
    [many] الأرقام ({ $count } صفًا)
   *[other] الأرقام ({ $count } صف)
}
reports-attended = نسبة الحضور
reports-attended-of = { $attended } من { $counted }

## Reports: students

reports-by-student = الحضور حسب الطالب
reports-by-student-caption = الطلاب: { $count }
reports-file-students = جميع الطلاب ضمن عوامل التصفية هذه
reports-past-end = لا شيء في هذه الصفحة
reports-past-end-why = أصبحت القائمة أقصر.
reports-past-end-first = الانتقال إلى صفحتها الأولى
reports-nobody-below = لا أحد دون الحد
reports-nobody-below-why = كل طالب له قيود في هذه المدة حضر { $limit } % على الأقل، أو لا شيء يُحتسب بعد.
reports-all-students = عرض جميع الطلاب
reports-no-records = لا قيود في هذه المدة
reports-no-records-why = يُدرج الطلاب هنا متى حُفظ سجل حضور يضمهم.

## Reports: sessions without a register

reports-without-register = جلسات بلا سجل حضور
reports-none-owed = لا سجل حضور ناقص
reports-none-owed-why = لكل جلسة في هذه المدة سجل حضور حفظه شخص أو أكّده.
reports-all-sessions = جميع الجلسات
reports-sessions = { $count ->
    [zero] لا جلسات
    [one] جلسة واحدة
    [two] جلستان
    [few] { $count } جلسات
    [many] { $count } جلسة
   *[other] { $count } جلسة
}

## Lists of sessions and students

word-save = حفظ
sessions-lead = كل الحصص وسجلات حضورها.
sessions-start = بدء جلسة
sessions-all-departments = كل الأقسام
sessions-any-state = أي حالة
sessions-owed = المتبقية عليّ
sessions-open = مفتوحة
sessions-saved = محفوظة أو مغلقة
sessions-cancelled = ملغاة
sessions-subject = المادة
sessions-department = القسم
sessions-state = الحالة
sessions-from = من
sessions-to = إلى
sessions-none-match = لا جلسات مطابقة
sessions-none-match-why = لا توجد جلسة توافق عوامل التصفية هذه.
sessions-show-all = عرض جميع الجلسات
sessions-empty = لا جلسات بعد
sessions-empty-why = تظهر أول جلسة هنا بمجرد أن يبدأها أحد.
sessions-count = { $count ->
    [zero] لا جلسات
    [one] جلسة واحدة
    [two] جلستان
    [few] { $count } جلسات
    [many] { $count } جلسة
   *[other] { $count } جلسة
}
sessions-file = القيود المحفوظة في ملف
sessions-file-recent = القيود المحفوظة في آخر 30 يومًا
students-lead = كل من يمكن إدراجه في قائمة طلاب. ومن ليس له وجه محفوظ يُسجَّل حضوره يدويًا.
students-new = طالب جديد
students-all-departments = كل الأقسام
students-any-state = الكل
students-active-only = النشطون فقط
students-inactive-only = غير النشطين فقط
students-sort-name = الاسم
students-sort-newest = الأحدث أولًا
sessions-sort-latest = الأحدث أولًا
sessions-sort-earliest = الأقدم أولًا
reports-sort-lowest = الأدنى أولًا
reports-sort-highest = الأعلى أولًا
reports-sort-name = الاسم
reports-sort-roll = الرقم الدراسي
students-any-face = الكل
students-without-face = بلا وجه محفوظ
students-with-face = بوجه محفوظ
students-caption = الطلاب: { $count }
students-student = الطالب
students-face = الوجه
students-none-match = لا نتائج مطابقة
students-none-match-why = لا يوجد طالب يوافق هذا البحث وعوامل التصفية هذه.
students-show-all = عرض جميع الطلاب
students-empty = لا طلاب بعد
students-empty-add = أضف أول طالب: يكفي الاسم والبريد الإلكتروني والقسم، ويمكن إضافة الصور لاحقًا.
students-empty-wait = يضيف مدير النظام الطلاب، فيظهرون هنا تلقائيًا.
