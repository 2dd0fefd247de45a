## Today

today-title = اليوم
today-sessions = جلسات اليوم
today-empty = لا جلسات اليوم بعد
today-empty-why = ابدأ جلسة: قائمة الطلاب هي طلاب القسم النشطون حاليًا.
today-owed = { $count ->
    [zero] لا سجلات حضور متبقية عليك
    [one] ما زال عليك سجل حضور واحد
    [two] ما زال عليك سجلّا حضور
    [few] ما زالت عليك { $count } سجلات حضور
    [many] ما زال عليك { $count } سجل حضور
   *[other] ما زال عليك { $count } سجل حضور
}
today-owed-all = عرض الكل ({ $count })
today-owed-closed = «بانتظار التأكيد»: أُغلقت الجلسة تلقائيًا بانتهاء وقتها وسُجّل غير المسجّلين غائبين. يُرجى المراجعة.
today-start = بدء جلسة
today-choose = يُرجى الاختيار
today-no-department = لا تنتمي إلى أي قسم بعد. يمكن لمدير النظام إضافتك إلى قسم.
today-department = القسم
today-subject = المادة
today-starts = البداية
today-ends = النهاية
today-more = يوم آخر، ملاحظات
today-date = التاريخ
today-notes = ملاحظات
today-start-go = بدء الجلسة

## Sessions

sessions-title = الجلسات

## One session

session-lead = { $department } · { $day } · { $clock } · { $teacher }
session-history = التغييرات
session-print = طباعة
session-contests = الاعتراضات
session-parts = أجزاء هذه الصفحة
session-file = سجل الحضور في ملف
session-photo-not-sent = لا يستطيع هذا المتصفح إرسال الصورة.
session-stands = وضع هذه الجلسة
session-to-confirm = أُغلقت تلقائيًا بانتهاء وقتها: يُرجى التأكيد
session-to-confirm-why = لم يحفظ أحد سجل الحضور هذا في الوقت المحدد، فسُجّل كل من لم تُسجَّل حالته غائبًا. صحّح حالة من كان حاضرًا، ثم أكّد السجل.
session-saved = سجل الحضور هذا محفوظ
session-correctable = ما زال من الممكن تصحيح قيود منفردة، مع ذكر السبب.
session-not-correctable = لم يعد من الممكن تغييره هنا. وما زال بإمكان مدير النظام تصحيح أي قيد.
session-cancelled = أُلغيت هذه الجلسة
session-cancelled-why = لا يُسجَّل فيها حضور ولا تُحتسب لأحد.
session-all-marked = سُجّلت حالة الجميع.
session-still-unmarked = { $count ->
    [zero] سُجّلت حالة الجميع.
    [one] بقي طالب واحد غير مسجّل.
    [two] بقي طالبان غير مسجّلين.
    [few] بقي { $count } طلاب غير مسجّلين.
    [many] بقي { $count } طالبًا غير مسجّل.
   *[other] بقي { $count } طالب غير مسجّل.
}
session-save = حفظ سجل الحضور
session-save-question = هل تريد حفظ سجل الحضور هذا؟
session-save-nobody = سُجّلت حالة الجميع، ولن يتغيّر شيء لأحد.
session-save-absent = { $count ->
    [zero] لن يُسجَّل أي طالب غائبًا.
    [one] سيُسجَّل طالب واحد غير مسجّل غائبًا.
    [two] سيُسجَّل طالبان غير مسجّلين غائبَين.
    [few] سيُسجَّل { $count } طلاب غير مسجّلين غائبين.
    [many] سيُسجَّل { $count } طالبًا غير مسجّل غائبين.
   *[other] سيُسجَّل { $count } طالب غير مسجّل غائبين.
}
session-save-afterwards = بعد ذلك لا تسجّل الصور حضور أحد، ويمكن تصحيح قيود منفردة مع ذكر السبب.
session-save-go = حفظ
session-save-done = حُفظ سجل الحضور.
session-confirm-question = هل حالات الغياب صحيحة؟
session-confirm = تأكيد سجل الحضور
session-confirm-done = أُكّد سجل الحضور.
session-cancel-lead = ألم تُعقد الحصة؟
session-cancel = إلغاء الجلسة
session-cancel-question = هل تريد إلغاء هذه الجلسة؟
session-cancel-consequence = للحصص التي لم تُعقد: لا يُسجَّل فيها حضور ولا تُحتسب لأحد. لا يمكن التراجع عن ذلك.
session-cancel-go = إلغاء الجلسة نهائيًا
session-cancel-done = أُلغيت الجلسة.

## Camera

camera-too-dark = الإضاءة خافتة جدًا: أشعل ضوءًا أو ابتعد عن مواجهة النافذة
camera-picture = صورة الكاميرا المباشرة
camera-on = الكاميرا تعمل
camera-start = تشغيل الكاميرا
camera-starting = جارٍ تشغيل الكاميرا. يُرجى السماح بها إن سأل المتصفح.
camera-paused = الكاميرا متوقفة ما دامت هذه الصفحة غير ظاهرة.
camera-no-picture = لا توجد صورة مباشرة
camera-shutter = التقاط صورة
camera-burst = { $count } صور متتالية
camera-in-burst = لا تحرّك الجهاز…
camera-switch = كاميرا أخرى
camera-stop = إيقاف
camera-file = التقاط صورة
camera-not-secure = لا تتيح المتصفحات الكاميرا إلا للصفحات المفتوحة عبر HTTPS أو على هذا الحاسوب نفسه. التقط الصورة بتطبيق الكاميرا واخترها هنا، أو اطلب عنوان HTTPS.
camera-denied = لم يُسمح للمتصفح باستخدام الكاميرا. اسمح بها من شريط العنوان أو من إعدادات المتصفح وأعد المحاولة، أو اختر صورًا بدلًا من ذلك.
camera-none = لم يُعثر على كاميرا في هذا الجهاز. صِل كاميرا وأعد المحاولة، أو اختر صورًا بدلًا من ذلك.
camera-in-use = يستخدم برنامج آخر الكاميرا. أغلقه وأعد المحاولة، أو اختر صورًا بدلًا من ذلك.
camera-did-not-start = لم تعمل الكاميرا. أعد المحاولة، أو اختر صورًا بدلًا من ذلك.

## Marking by photo

capture-title = الكاميرا
capture-unavailable = التسجيل بالصور غير متاح
capture-by-hand = يعمل سجل الحضور كالمعتاد: سجّل يدويًا.
capture-saved = سجل الحضور محفوظ، ولم تعد الصور تسجّل حضور أحد.
capture-cancelled = أُلغيت هذه الجلسة، ولا يُسجَّل فيها حضور.
capture-not-yours = لا يمكن التسجيل هنا إلا لمعلّمي هذا القسم ومديري النظام.
capture-next = الصورة التالية
capture-queue = { $count ->
    [zero] لا صور متبقية
    [one] بقيت صورة واحدة
    [two] بقيت صورتان
    [few] بقيت { $count } صور
    [many] بقيت { $count } صورة
   *[other] بقيت { $count } صورة
}
capture-choose = اختيار صور
capture-send = إرسال الصورة
capture-live = الوضع المباشر
capture-live-stop = إيقاف الوضع المباشر
capture-live-looking = الوضع المباشر: جارٍ البحث عن وجوه
capture-live-stopped = توقّف الوضع المباشر. { $why }
shot-waiting = بانتظار الصورة السابقة …
shot-looking = جارٍ البحث عن وجوه …
shot-progress = جارٍ البحث عن وجوه
shot-retry = إعادة إرسال هذه الصورة
shot-picture = الصورة { $number } في هذه الصفحة
shot-marked-nobody = لم يُسجَّل أحد جديد.
shot-marked = { $count ->
    [zero] لم يُسجَّل أي طالب.
    [one] سُجّل طالب واحد.
    [two] سُجّل طالبان.
    [few] سُجّل { $count } طلاب.
    [many] سُجّل { $count } طالبًا.
   *[other] سُجّل { $count } طالب.
}
shot-no-face = لم يُعثر على أي وجه. ما قد يفيد:
shot-faces = وجوه هذه الصورة
shot-strip = صور هذه الصفحة
shot-tile-waiting = الصورة { $number }: بالانتظار
shot-tile-sending = الصورة { $number }: قيد الفحص
shot-tile-done = الصورة { $number }: عدد المسجّلين { $count }
shot-tile-kept = الصورة { $number }: تنتظر على هذا الجهاز
shot-tile-failed = الصورة { $number }: لم تُرسل

## Faces of a photo

face-certain = مؤكّد
face-check = يُرجى التحقق
face-unknown = غير معروف
face-too-small = صغير جدًا
face-count-certain = مؤكّد: { $count }
face-count-check = بحاجة إلى تحقق: { $count }
face-count-unknown = غير معروف: { $count }
face-count-too-small = صغير جدًا: { $count }
face-none = لم يُعثر على أي وجه
face-sum = { $count ->
    [zero] لا وجوه: { $kinds }
    [one] وجه واحد: { $kinds }
    [two] وجهان: { $kinds }
    [few] { $count } وجوه: { $kinds }
    [many] { $count } وجهًا: { $kinds }
   *[other] { $count } وجه: { $kinds }
}
face-already-marked = { $status ->
    [present] سبق تسجيل { $name } حاضرًا
    [late] سبق تسجيل { $name } متأخرًا
    [absent] سبق تسجيل { $name } غائبًا
   *[excused] سبق تسجيل { $name } معذورًا
}
face-please-check = يُرجى التحقق: { $names }
face-too-small-to-compare = أصغر من أن يُقارن: اقترب أو التقط صورة أخرى
face-nobody = ليس من قائمة الطلاب هذه

## News of a register

live-connected = متصل مباشرةً بالأجهزة الأخرى
live-reconnecting = جارٍ إعادة الاتصال بالأجهزة الأخرى
live-marked = { $status ->
    [present] سُجّل { $name } حاضرًا
    [late] سُجّل { $name } متأخرًا
    [absent] سُجّل { $name } غائبًا
   *[excused] سُجّل { $name } معذورًا
}
live-unmarked = عاد { $name } غير مسجّل
live-many-changed = { $count ->
    [zero] لم تتغيّر حالة أي طالب
    [one] تغيّرت حالة طالب واحد
    [two] تغيّرت حالة طالبين
    [few] تغيّرت حالة { $count } طلاب
    [many] تغيّرت حالة { $count } طالبًا
   *[other] تغيّرت حالة { $count } طالب
}
live-rest-marked = { $status ->
    [present] عدد من سُجّلوا حاضرين: { $count }.
    [late] عدد من سُجّلوا متأخرين: { $count }.
    [absent] عدد من سُجّلوا غائبين: { $count }.
   *[excused] عدد من سُجّلوا معذورين: { $count }.
}
live-not-changed = لم تتغيّر حالة { $name }.
live-not-changed-why = لم تتغيّر حالة { $name }. { $why }
live-by-photo = بالصورة
live-by-clock = تلقائيًا بانتهاء الوقت
live-by-import = بالاستيراد
live-by-you = بواسطتك
live-by-you-waiting = بواسطتك، ينتظر الإرسال على هذا الجهاز
live-by-teacher = بواسطة معلّم
live-by = بواسطة { $name }
live-status-line = { $status }، { $maker }

## Register

grid-title = سجل الحضور
grid-keys = المفاتيح:{" "}
grid-keys-row = {" "}للتنقل بين الصفوف،{" "}
grid-keys-set = {" "}للتسجيل،{" "}
grid-keys-back = {" "}للتراجع
grid-none-fit = لا أحد في قائمة الطلاب هذه يوافق البحث.
grid-search = البحث في سجل الحضور
grid-search-by = الاسم أو رقم القيد
grid-rest = تسجيل الباقين
grid-rest-question = هل تريد تسجيل جميع من لم تُسجَّل حالتهم بعد؟
grid-rest-note = غير مسجّل. لن يتغيّر أحد سواهم، ويمكن تغيير حالة كل منهم لاحقًا.
grid-rest-as = { $status ->
    [present] تسجيلهم حاضرين
    [late] تسجيلهم متأخرين
    [absent] تسجيلهم غائبين
   *[excused] تسجيلهم معذورين
}
grid-row = { $name }، { $roll }، { $status }
grid-no-face = لا وجه بعد
grid-set-name = تسجيل حالة { $name }
grid-note = ملاحظة
grid-note-name = ملاحظة عن { $name }
grid-note-saved = تُحفظ عند مغادرة الحقل.
grid-note-waits = تُحفظ مع الحالة التي تختارها.
grid-take-back = تراجع: إعادته غير مسجّل
grid-correct = تصحيح
grid-correct-name = تصحيح حالة { $name }
grid-correct-to = التصحيح إلى
grid-reason = السبب، لسجل التغييرات
grid-reason-missing = يلزم ذكر السبب في كلمات قليلة.

## Review

review-title = المراجعة
review-skip = الانتقال إلى سجل الحضور
review-sum = مؤكّد: { $certain }، للتحقق: { $check }، لم يُرَ: { $unseen }، من خارج القائمة: { $nobody }
review-keys = المفاتيح:{" "}
review-keys-move = {" "}للتنقل،{" "}
review-keys-accept = {" "}للقبول،{" "}
review-keys-choose = {" "}للاختيار،{" "}
review-keys-none = {" "}لا أحد منهم،{" "}
review-keys-set = {" "}للتسجيل،{" "}
review-keys-undo = {" "}للتراجع
review-check = يُرجى التحقق
review-check-none = لا أسئلة معلّقة.
review-unseen = لم يُرَ
review-unseen-none = كل من في قائمة الطلاب سُجّلت حالته أو طُرح سؤال عنه.
review-unseen-note = لا يُعدّ أحد غائبًا لمجرد أنه لم يظهر في صورة: القرار لك.
review-unseen-row = { $name }، { $roll }، لم يُرَ
review-mark = { $status ->
    [present] تسجيل { $name } حاضرًا
    [late] تسجيل { $name } متأخرًا
    [absent] تسجيل { $name } غائبًا
   *[excused] تسجيل { $name } معذورًا
}
review-nobody = وجوه من خارج قائمة الطلاب هذه
review-nobody-note = لا تُحفظ هذه الوجوه. هل ينقص أحد هنا؟ سجّله يدويًا.
review-dismissed = { $place }، باختيارك
review-certain = مؤكّد
review-certain-row = { $name }، { $status }
review-photo = الصورة { $number }
review-live-picture = الصورة المباشرة
review-the-live-picture = الصورة المباشرة
review-face-in-photo = الوجه في الصورة { $number }
review-face-live = الوجه في الصورة المباشرة
review-none-of-them = لا أحد منهم
review-enrolment-photo = الصورة المسجّلة لـ { $name }
review-mark-present = تسجيل كحاضر
review-likely = مرجّح
review-possible = محتمل
review-likely-name = { $name } (مرجّح)
review-possible-name = { $name } (محتمل)
