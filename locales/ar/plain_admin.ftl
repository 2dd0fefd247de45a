## Overview of the administration

overview-lead = ما يجري الآن، وما لا يزال ناقصًا.
overview-active-students = طلاب نشطون
overview-departments = أقسام
overview-teachers = معلّمون
overview-open-registers = سجلات مفتوحة اليوم
overview-first-steps = الخطوات الأولى
overview-make-department = إنشاء قسم
overview-make-department-why = إليه ينتمي الطلاب والمعلّمون.
overview-add-student = إضافة أول طالب
overview-add-student-why = بصور أو من دونها: عندئذ يُسجَّل الحضور يدويًا.
overview-make-teacher = إنشاء حساب لمعلّم
overview-make-teacher-why = يبدأ المعلّمون الجلسات ويصوّرون الطلاب.
overview-count-not-started = لم تبدأ: { $count }
overview-count-open = مفتوحة: { $count }
overview-count-to-confirm = بانتظار التأكيد: { $count }
overview-count-done = منتهية: { $count }
overview-count-cancelled = ملغاة: { $count }
overview-registers-of = سجلات الحضور ليوم { $day }
overview-no-session = لا جلسات اليوم
overview-no-session-why = عندما يبدأ معلّم جلسة اليوم تظهر هنا مع سجل حضورها.
overview-all-sessions = جميع الجلسات
overview-nothing-owed = كل سجلات الحضور منذ { $since } محفوظة.
overview-owed = بلا سجل حضور محفوظ
overview-owed-since = { $count ->
    [zero] لا جلسات منذ { $since }
    [one] جلسة واحدة منذ { $since }
    [two] جلستان منذ { $since }
    [few] { $count } جلسات منذ { $since }
    [many] { $count } جلسة منذ { $since }
   *[other] { $count } جلسة منذ { $since }
}
overview-faceless = طلاب بلا وجه محفوظ
overview-faceless-none = لا أحد: يمكن تسجيل كل طالب نشط بالصورة.
overview-faceless-all = كلهم ({ $count }) في قائمة الطلاب
overview-faceless-why = يُسجَّل حضورهم يدويًا إلى أن تُضاف صورة لكل منهم.
overview-problems = مشكلات حديثة
overview-problems-none = لا شيء: لم يُرفض أي بريد، ولم تفشل أي محاولة دخول، ولم يتعطل شيء.
overview-problem-look = معرفة المزيد
overview-system = النظام
overview-models-none = لا توجد
overview-licence = الترخيص
overview-licence-none = لا أوزان محمّلة
overview-gallery = معرض الوجوه
overview-gallery-templates = { $count ->
    [zero] لا بصمات وجوه
    [one] بصمة وجه واحدة
    [two] بصمتا وجه
    [few] { $count } بصمات وجوه
    [many] { $count } بصمة وجه
   *[other] { $count } بصمة وجه
}
overview-queue = قائمة الانتظار
overview-queue-taken = المشغول { $taken } من أصل { $places }
overview-photos = الصور
overview-photos-count = { $count ->
    [zero] لا صور منذ التشغيل
    [one] صورة واحدة منذ التشغيل
    [two] صورتان منذ التشغيل
    [few] { $count } صور منذ التشغيل
    [many] { $count } صورة منذ التشغيل
   *[other] { $count } صورة منذ التشغيل
}
overview-photos-times = { $count ->
    [zero] لا صور منذ التشغيل؛ { $times }
    [one] صورة واحدة منذ التشغيل؛ { $times }
    [two] صورتان منذ التشغيل؛ { $times }
    [few] { $count } صور منذ التشغيل؛ { $times }
    [many] { $count } صورة منذ التشغيل؛ { $times }
   *[other] { $count } صورة منذ التشغيل؛ { $times }
}
overview-answers = الردود
overview-times = نصفها خلال { $half }، و95 % منها خلال { $most } (آخر { $count })
overview-times-none = لا شيء بعد
overview-memory = الذاكرة
overview-disk = القرص
overview-disk-free = المساحة الحرة: { $amount }
overview-disk-unknown = لا يذكرها النظام
overview-database = قاعدة البيانات
overview-version = الإصدار
overview-version-since = { $version }، يعمل منذ { $hours } س

## Settings

settings-lead = قواعد المؤسسة. ويُدوَّن كل تغيير في سجل التدقيق.
settings-saved = حُفظت الإعدادات ويُعمل بها من الآن. ويبيّن سجل التدقيق ما تغيّر.
settings-institution = المؤسسة
settings-institution-name = اسم المؤسسة
settings-institution-hint = يظهر على الملفات المصدّرة وسجلات الحضور المطبوعة.
settings-registers = الجلسات وسجلات الحضور
settings-late = التأخر بعد، بالدقائق
settings-late-hint = من 0 إلى 240. من تسجّله صورة بعد هذه المدة من بدء الجلسة يُعدّ متأخرًا. يسري على الجلسات التي تُنشأ من الآن.
settings-corrections = مدة التصحيح، بالساعات
settings-corrections-hint = من 0 إلى 8784. يجوز للمعلّم تصحيح سجل الحضور خلال هذه المدة بعد حفظه، مع ذكر السبب. ويجوز ذلك لمديري النظام دائمًا.
settings-longest = أطول جلسة، بالساعات
settings-longest-hint = من 1 إلى 24. تُرفض الجلسة التي تتجاوز هذه المدة.
settings-ahead = الجلسات المقبلة، بالأيام
settings-ahead-hint = من 0 إلى 366. تُرفض الجلسة التي موعدها أبعد من ذلك.
settings-percentage = نسبة الحضور
settings-percentage-rule = يرى المستخدمون (حاضر + متأخر) ÷ (الجلسات − معذور)، وتحتها طريقة الاحتساب. ولا تُحتسب إلا سجلات الحضور التي حفظها شخص أو أكّدها. وهذا واحد في كل مكان وليس من الإعدادات.
settings-low = الحضور المنخفض، بالمئة
settings-low-hint = من 0 إلى 100. من كانت نسبته دون ذلك يُعدّ حضوره منخفضًا؛ وتقرأ البرامج التي تستخدم الواجهة البرمجية الحدّ نفسه.
settings-recognition = التعرّف على الوجوه
settings-formula = صيغة الثقة
settings-formula-hint = كيف تحوّل ردود التعرّف في الواجهة البرمجية المسافة إلى درجة ثقة. ولا يؤثر ذلك في تسجيل الحضور.
settings-formula-calibrated = مقيسة: القيمة 0.80 هي حد القبول تمامًا
settings-formula-linear = 1 − المسافة ÷ 2، للبرامج التي تتوقع ذلك
settings-own-photos = صور الطلاب لأنفسهم
settings-self = صور من الطلاب
settings-self-hint = هل يجوز للطلاب إضافة صور وجوههم من صفحاتهم.
settings-self-allowed = مسموح، بعد موافقتهم عليه
settings-self-not-allowed = غير مسموح: يضيف مديرو النظام الصور
settings-save = حفظ الإعدادات
settings-lines = حدود النماذج المحمّلة
settings-lines-none = لا نماذج محمّلة، فلا يسري أي حدّ ويُسجَّل الحضور يدويًا.
settings-lines-none-why = معرفة السبب
settings-lines-measured = قيست على { $people }: من مقارنات أشخاص مختلفين يقع ضمن حد القبول { $false_match } على الأكثر، ومن مقارنات الشخص نفسه يقع خارجه { $missed } على الأكثر. وفي قوائم من ثلاثين طالبًا سجّل البرنامج وحده { $right } تسجيلًا صحيحًا و{ $wrong } تسجيلًا خاطئًا، وعرض { $shown } على شخص للمراجعة؛ وحُسب { $strangers } من الغرباء على أنهم من القائمة.
settings-lines-not-measured = لم تُقَس هذه الحزمة عند هذه الحدود ({ $why }).
settings-accept-means = – حتى هذه المسافة يجوز للبرنامج التسجيل بنفسه
settings-review-means = – حتى هذه المسافة يُسأل شخص؛ وبعدها يُعدّ الوجه مجهولًا
settings-pack = الحزمة
settings-lines-belong = الحدود تابعة للحزمة وتُقاس معها، لذلك لا تُكتب هنا.
settings-other-pack = اختيار حزمة أخرى
settings-fixed = محدّد على الخادم
settings-fixed-caption = يحدّدها من يشغّل الخادم في متغيرات البيئة أو في الملف {"\u200E"}.env، ويُعمل بها بعد إعادة التشغيل.
settings-setting = الإعداد
settings-now = الآن
settings-variable = المتغيّر

## Models

models-lead = الشبكات التي تعثر على الوجوه وتميّز بينها، وما يسمح به صانعوها.
models-restricted = الأوزان المحمّلة للأبحاث غير التجارية فقط
models-restricted-instead = لا يسمح صانعوها بأي استخدام آخر. والمدرسة التي لا يشملها ذلك تحمّل الحزمة
models-restricted-how = ، وأوزانها متاحة للجميع؛ والطريقة مبيّنة أدناه.
models-now = الآن
models-loaded = المحمّلة
models-none = لا شيء. { $reason }
models-self-test = الاختبار الذاتي
models-self-test-passed = نجح عند التشغيل: الشبكتان تستجيبان، والمتجهات ذات الأبعاد { $dimension } تتكرر كما هي، والمتجه المحفوظ يوجد عند المسافة 0 ونقيضه عند 2. ولا يبدأ التعرّف من دون ذلك.
models-self-test-not-run = لم يُجرَ: لا شيء لاختباره.
models-asked = المطلوبة
models-asked-none = أول حزمة ملفاتها موجودة (المتغيّر ROLLCALL_PACK غير محدّد)
models-folder = المجلد
models-templates = بصمات الوجوه
models-templates-none = لا توجد بصمات محفوظة.
models-templates-own = جميعها تابعة للنموذج المحمّل.
models-templates-foreign = { $count ->
    [zero] لا بصمات من نموذج آخر.
    [one] بصمة واحدة من نموذج آخر: تبقى محفوظة ولا تُقارن.
    [two] بصمتان من نموذج آخر: تبقيان محفوظتين ولا تُقارنان.
    [few] { $count } بصمات من نموذج آخر: تبقى محفوظة ولا تُقارن.
    [many] { $count } بصمة من نموذج آخر: تبقى محفوظة ولا تُقارن.
   *[other] { $count } بصمة من نموذج آخر: تبقى محفوظة ولا تُقارن.
}
models-licence-free = متاحة للجميع
models-licence-research = للأبحاث غير التجارية فقط
models-pack-loaded = محمّلة
models-accept = حد القبول
models-review = حد المراجعة
models-sure = مؤكّد، ممتاز
models-figures-none = لا أرقام: { $why }.
models-figures = ما قيس
models-false-match = معدل التطابق الخاطئ
models-false-match-share = { $share } على الأكثر من مقارنات أشخاص مختلفين تقع ضمن حد القبول
models-missed = معدل عدم التطابق الخاطئ
models-missed-share = { $share } على الأكثر من مقارنات الشخص نفسه تقع خارجه
models-rosters = قوائم من ثلاثين طالبًا
models-rosters-shares = سجّل البرنامج وحده { $right } تسجيلًا صحيحًا، و{ $wrong } تسجيلًا خاطئًا، وعُرض { $shown } على شخص
models-strangers = الغرباء
models-strangers-share = حُسب { $share } منهم على أنهم من قائمة الطلاب
models-figures-on = على { $people }. والمسافات مسافات جيب التمام: 0 تعني التطابق، و1 تعني عدم الصلة. ولا تدل الأرقام على شيء بشأن الأطفال، ولا بشأن الفروق بين فئات الناس.
models-files = الملفات
models-file = الملف
models-state = الحالة
models-size = الحجم
models-file-verified = موجود، تم التحقق منه
models-file-missing = غير موجود
models-file-wrong = ليس الملف المتوقع
models-file-finds = { $title }: يعثر على الوجوه. { $licence }
models-file-tells = { $title }: يميّز بين الوجوه. { $licence }
models-switch = التحويل إلى حزمة أخرى
models-switch-fetch = على الخادم، أحضر ملفاتها وتحقّق منها:
models-switch-set = عيّن القيمة
models-switch-set-where = في متغيرات البيئة أو في الملف {"\u200E"}.env.
models-switch-restart = أعد تشغيل الخادم. ومن حينها يُعمل بحدود الحزمة الجديدة.
models-switch-templates = لا تُقارن بصمات نموذج آخر أبدًا. وهي تبقى في قاعدة البيانات، فلا يُفقد شيء عند الرجوع؛ وإلى أن تُنشأ بصمات جديدة من صور الطالب المحفوظة يُسجَّل حضوره يدويًا. وعند إضافة صورة لطالب تُنشأ بصمتها بالنموذج الجديد؛ أما الصور المحفوظة فيستدعي لها برنامجٌ
models-switch-templates-each = لكل طالب.

## Audit log

audit-lead = كل تغيير ومن أجراه، الأحدث أولًا. ولا يمكن تغيير شيء هنا.
audit-export = تصدير CSV
audit-what = ماذا
audit-everything = كل شيء
audit-area-record = قيود الحضور
audit-area-session = الجلسات وسجلات الحضور
audit-area-student = الطلاب والوجوه
audit-area-user = الحسابات وتسجيل الدخول
audit-area-department = الأقسام
audit-area-settings = الإعدادات
audit-area-backup = النسخ الاحتياطية
audit-area-contest = الاعتراضات
audit-area-import = عمليات الاستيراد
audit-area-outbox = الرسائل
audit-area-demo = العرض التجريبي
audit-who = من
audit-from = من تاريخ
audit-to = إلى تاريخ
audit-apply = تطبيق
audit-past-end = لا شيء في هذه الصفحة
audit-past-end-why = صفحات السجل أقل مما يطلبه العنوان.
audit-none-fit = لا نتائج مطابقة
audit-none-fit-why = لا يوجد سطر في السجل يوافق عوامل التصفية هذه.
audit-empty = السجل فارغ
audit-empty-why = سيُدوَّن هنا كل تغيير من الآن.
audit-show-all = عرض السجل كاملًا
audit-caption = { $count ->
    [zero] لا سطور
    [one] سطر واحد
    [two] سطران، الأحدث أولًا
    [few] { $count } سطور، الأحدث أولًا
    [many] { $count } سطرًا، الأحدث أولًا
   *[other] { $count } سطر، الأحدث أولًا
}
audit-when = متى
audit-happened = ما حدث
audit-kind = النوع
audit-details = التفاصيل
audit-open = فتح العنصر المعني

## Backups

backup-lead = ملف واحد فيه كل ما أدخله المستخدمون وكل صورة، يُنشأ والخادم يعمل.
backup-done-started = بدأ إنشاء النسخة الاحتياطية، ويستمر إن غادرت هذه الصفحة.
backup-done-checked = قُرئ كل ملف في النسخة الاحتياطية وهو كما كُتب.
backup-done-deleted = حُذفت النسخة الاحتياطية.
backup-make = إنشاء نسخة احتياطية
backup-make-now = إنشاء نسخة احتياطية الآن
backup-failed = فشل إنشاء آخر نسخة احتياطية
backup-failed-why = { $at }: { $why }. ولم تبقَ أي ملفات ناقصة.
backup-running = يجري إنشاء نسخة احتياطية
backup-begun = بدأها { $who } عند { $at }.
backup-step = { $step }.
backup-step-done = { $step }: { $done }.
backup-step-of = { $step }: { $done } من { $total }.
backup-look-again = تحديث
backup-list = النسخ الاحتياطية المنشأة من هنا
backup-none = لا نسخ احتياطية بعد
backup-none-why = لم تُنشأ أي نسخة من هنا. والنسخ التي أُنشئت من سطر الأوامر محفوظة حيث كُتبت.
backup-caption = { $count ->
    [zero] لا نسخ احتياطية
    [one] نسخة احتياطية واحدة
    [two] نسختان احتياطيتان، الأحدث أولًا
    [few] { $count } نسخ احتياطية، الأحدث أولًا
    [many] { $count } نسخة احتياطية، الأحدث أولًا
   *[other] { $count } نسخة احتياطية، الأحدث أولًا
}
backup-made = تاريخ الإنشاء
backup-unknown = غير معروف
backup-holds = المحتوى
backup-rows = { $count ->
    [zero] لا صفوف
    [one] صف واحد
    [two] صفّان
    [few] { $count } صفوف
    [many] { $count } صفًا
   *[other] { $count } صف
}
backup-photos = { $count ->
    [zero] لا صور
    [one] صورة واحدة
    [two] صورتان
    [few] { $count } صور
    [many] { $count } صورة
   *[other] { $count } صورة
}
backup-from = من { $database }، الإصدار { $version }
backup-photos-missing = { $count ->
    [zero] لا صور ناقصة يذكرها صف
    [one] صورة واحدة يذكرها صف لم تكن موجودة
    [two] صورتان تذكرهما صفوف لم تكونا موجودتين
    [few] { $count } صور تذكرها صفوف لم تكن موجودة
    [many] { $count } صورة تذكرها صفوف لم تكن موجودة
   *[other] { $count } صورة تذكرها صفوف لم تكن موجودة
}
backup-photos-stray = { $count ->
    [zero] لا صور مستبعدة
    [one] صورة واحدة لا يذكرها أي صف استُبعدت
    [two] صورتان لا يذكرهما أي صف استُبعدتا
    [few] { $count } صور لا يذكرها أي صف استُبعدت
    [many] { $count } صورة لا يذكرها أي صف استُبعدت
   *[other] { $count } صورة لا يذكرها أي صف استُبعدت
}
backup-state = الحالة
backup-state-checked = جرى التحقق منها عند إنشائها
backup-state-unreadable = تتعذر قراءتها
backup-download = تنزيل
backup-check = التحقق
backup-delete-question = هل تريد حذف النسخة الاحتياطية { $when }؟
backup-delete-consequence = يُحذف الملف نهائيًا. ويبقى ما في قاعدة البيانات الآن.
backup-delete-go = حذف هذه النسخة
backup-restore = استعادة نسخة احتياطية
backup-restore-stop = أوقف الخادم.
backup-restore-run = نفّذ على الخادم:
backup-restore-start = شغّل الخادم. وعلى الجميع تسجيل الدخول من جديد.
backup-restore-rules = يُتحقَّق من الأرشيف قبل المساس بأي شيء. مع الخيار {"\u200E"}--force يُحفظ الموجود في مجلد مجاور؛ ومن دونه لا يُملأ إلا خادم فارغ. ويمكن استعادة نسخة SQLite على PostgreSQL والعكس؛ وهذا الخادم يستخدم { $database }.
backup-keep = حفظ النسخ الاحتياطية
backup-keep-lie = توجد النسخ في المجلد
backup-keep-disk = ، على القرص نفسه الذي عليه البيانات.
backup-keep-room = وعلى ذلك القرص متسع لـ { $amount } أخرى.
backup-keep-elsewhere = نزّلها واحفظها في مكان آخر أيضًا.
backup-keep-clear = تحتوي النسخة الاحتياطية على الأسماء والحضور والصور وبصمات الوجوه من دون تشفير: احفظها حيث لا يستطيع قراءتها غيرك.
backup-keep-no-keys = لا تحتوي النسخة الاحتياطية أبدًا على مفاتيح الخادم ولا على جلسات تسجيل الدخول ولا على الروابط المرسلة بالبريد. وملف المفاتيح
backup-keep-key-file = يُنشأ من جديد إن لم يوجد؛ وعندئذ تسجّل البرامج التي تستخدم الواجهة البرمجية الدخول من جديد.
backup-keep-erased = من مُحيت بياناته بعد إنشاء نسخة احتياطية يبقى في تلك النسخة: احذف النسخ القديمة. بعد الاستعادة تُمحى بياناته مرة أخرى قبل خدمة أي أحد، بحسب دفتر المحو في هذا المجلد. احتفظ بنسخة من ملفيه مع النسخ الاحتياطية:

## Invitation

invite-lead = { $days ->
    [zero] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة { $days } يوم ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
    [one] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة يوم واحد ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
    [two] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة يومين ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
    [few] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة { $days } أيام ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
    [many] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة { $days } يومًا ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
   *[other] يُنشأ الحساب فورًا. ويتلقى صاحبه رابطًا لاختيار كلمة مرور، يصلح لمدة { $days } يوم ويعمل مرة واحدة؛ ويمكنك إرسال رابط جديد لاحقًا.
}
invite-by-mail = يُرسل الرابط بالبريد إلى هذا العنوان.
invite-by-hand = لم يُحدَّد خادم بريد: تنتظر الرسالة في صندوق الصادر، ومنه تسلّم رابطها.
invite-role-hint = يُربط حساب الطالب بالطالب الذي له البريد الإلكتروني نفسه.
invite-go = إرسال الدعوة

## One user

user-done-invited = أُنشئ الحساب وكُتبت دعوته. ومكان الرسالة مبيّن تحت «الروابط بالبريد».
user-done-saved = حُفظت البيانات.
user-done-role = حُفظ الدور والأقسام.
user-done-activated = الحساب نشط: يمكن لصاحبه تسجيل الدخول من جديد.
user-done-deactivated = الحساب غير نشط، وسُجّل خروجه من كل مكان.
user-done-verified = يُعدّ البريد الإلكتروني مؤكّدًا، والحساب نشط.
user-done-link = كُتبت الرسالة التي فيها الرابط. ومكانها مبيّن تحت «الروابط بالبريد».
user-done-linked = رُبط الحساب بالطالب.
user-done-unlinked = لم يعد الحساب مرتبطًا بأي طالب. ويبقى كلاهما.
user-details = البيانات
user-verified = (مؤكّد)
user-not-verified = (غير مؤكّد)
user-joined = تاريخ الانضمام
user-email-hint = إن تغيّر العنوان لم تعد الروابط المرسلة صالحة.
user-phone = الهاتف
user-phone-hint = من 10 إلى 15 رقمًا.
user-save = حفظ البيانات
user-role-title = الدور والأقسام
user-role-last-admin = هذا آخر مدير نظام نشط، لذلك يبقى الدور كما هو. عيّن شخصًا آخر مديرًا أولًا.
user-role-hint = إن تغيّر الدور يُسجَّل خروج المستخدم فورًا من كل مكان.
user-role-hint-own = هذا حسابك: إن تغيّر الدور يُسجَّل خروجك وتغادر الإدارة.
user-departments-hint = يحتاج المعلّم إلى قسم واحد على الأقل: فيه يعقد الجلسات ويسجّل الحضور.
user-role-save = حفظ الدور والأقسام
user-history = ما حدث
user-history-none = لا شيء بعد: يُدرج هنا كل ما يطرأ على هذا الحساب، وكل تسجيل دخول.

## A user's state

user-state-active = الحساب نشط: يمكن لصاحبه تسجيل الدخول.
user-state-inactive = الحساب غير نشط: لا يمكن لأحد تسجيل الدخول به.
user-state-own = هذا حسابك، ولا يمكنك إيقافه.
user-state-last-admin = هذا آخر مدير نظام نشط، ولا يمكن إيقافه.
user-deactivate = إلغاء التفعيل
user-deactivate-question = هل تريد إلغاء تفعيل { $name }؟
user-deactivate-consequence = يُسجَّل الخروج فورًا من كل مكان، وتبطل الروابط المرسلة، ولا يمكن لأحد تسجيل الدخول بالحساب إلى أن يُفعَّل من جديد. وتبقى القيود.
user-activate = تفعيل
user-activate-question = هل تريد تفعيل { $name }؟
user-activate-consequence = يمكن لصاحب الحساب تسجيل الدخول من جديد بكلمة مروره. وأنت تقرّ بأن البريد الإلكتروني له.
user-kept = لا يمكن حذف هذا الحساب. { $reason }
user-delete-free = لا يُذكر هذا الحساب في سجلات الحضور، لذلك يمكن حذفه.
user-delete = حذف الحساب
user-delete-question = هل تريد حذف { $name } نهائيًا؟
user-delete-consequence = يُفقد الحساب وكلمة مروره وجلسات دخوله، وتبطل الروابط المرسلة. ويحتفظ سجل التدقيق بما جرى. ولا يمكن التراجع عن ذلك.
user-delete-go = حذف نهائي

## A user's links

user-links = الروابط بالبريد
user-link-inactive = الحساب غير نشط. فعّله، ثم يمكن إرسال رابط إليه.
user-link-verify = { $days ->
    [zero] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة { $days } يوم.
    [one] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة يوم واحد.
    [two] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة يومين.
    [few] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة { $days } أيام.
    [many] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة { $days } يومًا.
   *[other] لم يُؤكَّد البريد الإلكتروني قط. ورابط تأكيده يصلح لمدة { $days } يوم.
}
user-link-verify-go = إعادة إرسال الرابط
user-link-invite = { $days ->
    [zero] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة { $days } يوم ويعمل مرة واحدة.
    [one] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة يوم واحد ويعمل مرة واحدة.
    [two] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة يومين ويعمل مرة واحدة.
    [few] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة { $days } أيام ويعمل مرة واحدة.
    [many] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة { $days } يومًا ويعمل مرة واحدة.
   *[other] لم يسجّل أحد الدخول بعد. ورابط الدعوة يتيح لصاحب الحساب اختيار كلمة مرور؛ يصلح لمدة { $days } يوم ويعمل مرة واحدة.
}
user-link-invite-go = إرسال دعوة
user-link-invite-again = إرسال دعوة جديدة
user-link-reset = { $hours ->
    [zero] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة { $hours } ساعة ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
    [one] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة ساعة واحدة ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
    [two] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة ساعتين ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
    [few] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة { $hours } ساعات ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
    [many] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة { $hours } ساعة ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
   *[other] يتيح الرابط لصاحب الحساب اختيار كلمة مرور جديدة؛ يصلح لمدة { $hours } ساعة ويعمل مرة واحدة. وإلى ذلك الحين تبقى كلمة المرور القديمة.
}
user-link-reset-go = إرسال رابط لكلمة مرور جديدة
user-link-by-mail = يُرسل بالبريد إلى { $email }.
user-link-by-hand = لم يُحدَّد خادم بريد: تنتظر الرسالة في صندوق الصادر. افتحها هناك وسلّم رابطها.
user-verify = تأكيد يدوي
user-verify-question = هل تريد تأكيد { $email } يدويًا؟
user-verify-consequence = تقرّ بأن هذا العنوان لصاحب الحساب. ويصبح الحساب نشطًا.
user-verify-go = تأكيد العنوان
user-messages = أحدث الرسائل

## A user's student

user-student-stands = مرتبط بالطالب
user-student-sees = ويطّلع على حضوره.
user-student-none = غير مرتبط بأي طالب بعد، فلا حضور يُعرض.
user-unlink = إلغاء الربط
user-unlink-question = هل تريد إلغاء الربط مع { $name }؟
user-unlink-consequence = لن يطّلع المستخدم بعد الآن على حضور هذا الطالب. ويبقى الحساب والطالب والقيود.
user-roll-number = رقم القيد
user-roll-number-same = للطالب { $name } البريد الإلكتروني نفسه.
user-roll-number-hint = تجده في قائمة الطلاب.
user-link-student = ربط بالطالب

## Outbox

outbox-lead = رسائل فيها روابط للمستخدمين، تُحفظ 30 يومًا.
outbox-deleted = حُذفت الرسالة.
outbox-no-server = الرسائل تنتظر هنا: لم يُحدَّد خادم بريد
outbox-by-hand = افتح الرسالة وسلّم رابطها بنفسك. أو اجعل الرسائل تُرسل تلقائيًا:
outbox-server-how = كيفية تحديد خادم بريد
outbox-server-lines = أضف هذين السطرين بقيمك إلى متغيرات بيئة الخادم أو إلى ملفه {"\u200E"}.env، ثم أعد تشغيله.
outbox-server-then = عندئذ تُرسل خلال ثوانٍ الرسائل التي ما زالت روابطها صالحة.
outbox-state-all = الكل
outbox-state-waiting = بالانتظار
outbox-state-sent = مُرسلة
outbox-state-failed = أُوقفت المحاولة
outbox-messages = الرسائل
outbox-apply = تطبيق
outbox-none-fit = لا رسائل مطابقة
outbox-none-fit-why = لا توجد في آخر 30 يومًا رسالة توافق هذا البحث.
outbox-show-all = عرض جميع الرسائل
outbox-empty = لم تُكتب أي رسالة بعد
outbox-empty-why = تظهر هنا الدعوات وروابط كلمات المرور الجديدة وروابط تأكيد العناوين.
outbox-caption = الرسائل، الأحدث أولًا
outbox-message = الرسالة
outbox-written = كُتبت في
outbox-state = الحالة
outbox-sent = أُرسلت في
outbox-not-yet = ليس بعد
outbox-tries = { $count ->
    [zero] لم تفشل أي محاولة
    [one] فشلت محاولة واحدة
    [two] فشلت محاولتان
    [few] فشلت { $count } محاولات
    [many] فشلت { $count } محاولة
   *[other] فشلت { $count } محاولة
}

## One message

message-retried = تُعاد محاولة إرسال الرسالة خلال ثوانٍ.
message-text = النص
message-link = الرابط
message-link-care = من يفتحه يتصرف باسم الحساب: لا تسلّمه إلا لصاحبه.
message-link-until = يعمل مرة واحدة، حتى
message-link-sent = أُرسلت الرسالة، لذلك لا يُحتفظ برابطها هنا.
message-link-removed = أُوقفت محاولة إرسال الرسالة وأُزيل رابطها.
message-link-over = لم يعد الرابط صالحًا: استُخدم أو انتهت مدته أو حلّ محله رابط أحدث.
message-way = مسار الرسالة
message-to = إلى
message-tries = المحاولات الفاشلة
message-last-error = آخر خطأ
message-next-try = المحاولة التالية
message-what-to-do = ما يمكن فعله
message-stays = لا يمكن إرسالها مرة أخرى. { $reason }
message-retry = إعادة المحاولة الآن
message-delete-question = هل تريد حذف هذه الرسالة؟
message-delete-waiting = لن تُرسل الرسالة بعد ذلك ويُفقد نصها. ويبقى صالحًا الرابط الذي سُلّم من قبل.
message-delete-gone = يُفقد نصها من هذه القائمة؛ ولا يتغيّر شيء آخر.
message-delete-go = حذف الرسالة

## Departments

departments-lead = ينتمي الطلاب وجلسات الحضور إلى الأقسام، وتبدأ أرقام القيد برمز القسم.
departments-saved = حُفظ القسم.
departments-deleted = حُذف القسم.
departments-none = لا أقسام بعد
departments-none-why = ينتمي الطلاب والمعلّمون إلى الأقسام، فابدأ من هنا: أنشئ أول قسم في النموذج.
departments-caption = الأقسام: { $count }
departments-search = الاسم أو الرمز
departments-none-fits = لا قسم يطابق البحث
departments-none-fits-why = قلّل كلمات البحث، أو اعرض الأقسام كلها.
departments-show-all = عرض كل الأقسام
departments-name = الاسم
departments-code = الرمز
departments-code-pattern = من 1 إلى 10 أحرف لاتينية وأرقام
departments-code-hint = حتى 10 أحرف لاتينية وأرقام، مثل CS. وبه يبدأ كل رقم قيد في القسم.
departments-description = الوصف
departments-edit = تعديل
departments-delete-question = هل تريد حذف القسم { $name }؟
departments-in-use = ما زال للقسم طلاب أو جلسات حضور، ولا يمكن حذف قسم إلا إذا كان فارغًا.
departments-empty = ليس للقسم طلاب ولا جلسات، فلن يُفقد شيء آخر.
departments-delete-go = حذف القسم
departments-new = قسم جديد
departments-edit-title = تعديل { $name }
departments-save = حفظ التغييرات
departments-make = إنشاء القسم

## The receipt of an erasure

erasure-title = إيصال محو
erasure-lead = كل موضع قد يكون فيه شيء عن الشخص، وما جرى فيه.
erasure-done = مُحيت بيانات الشخص. يمكن فتح هذا الإيصال مرة أخرى من سجل التدقيق.
erasure-facts = المحو
erasure-at = تاريخ المحو
erasure-by = من أجراه
erasure-by-system = النظام، مرة أخرى بعد استعادة نسخة
erasure-row = صف الطالب
erasure-row-kept = يبقى في سجلات الحضور باسم «Erased student»
erasure-row-gone = حُذف
erasure-cleaned = تنظيف الملفات والسجلات
erasure-cleaned-later = لم يتم بعد: تُعاد المحاولة كل ساعة وعند كل بدء
erasure-number = رقم الإيصال
erasure-copies = أُنشئت هذه النسخ من قبل وما زالت تحوي بيانات الشخص. احذفها، أو احتفظ بها فقط للمدة التي أعلنت أنك تحتفظ فيها بالنسخ الاحتياطية. عند استعادة إحداها تُمحى بيانات الشخص مرة أخرى قبل خدمة أي أحد.
erasure-places = المواضع
erasure-places-caption = ما جرى في كل موضع
erasure-place = الموضع
erasure-what = ما جرى
erasure-how-deleted = حُذف: { $count }
erasure-how-emptied = صفوف بقيت دون ما يدل على صاحبها: { $count }
erasure-how-replaced = صفوف استُبدل فيها ذكر الشخص: { $count }
erasure-how-rewritten = كُتب من جديد
erasure-nothing = لم يوجد شيء في
erasure-place-students = الطالب
erasure-place-users = الحساب
erasure-place-profiles = ملف الحساب
erasure-place-photos = الصور
erasure-place-templates = قوالب الوجه
erasure-place-consents = الموافقات
erasure-place-records = قيود الحضور
erasure-place-contests = الاعتراضات
erasure-place-sessions = مواد الجلسات وملاحظاتها
erasure-place-departments = أوصاف الأقسام
erasure-place-imports = عمليات الاستيراد
erasure-place-import-rows = صفوف الاستيراد
erasure-place-log = سجل التدقيق
erasure-place-messages = الرسائل
erasure-place-links = الروابط المرسلة بالبريد
erasure-place-logins = عمليات تسجيل الدخول
erasure-place-browsers = جلسات المتصفحات
erasure-place-failures = محاولات الدخول الفاشلة
erasure-place-answers = إجابات محفوظة لأجهزة تعيد السؤال
erasure-place-photo-files = ملفات الصور
erasure-place-import-files = ملفات الاستيراد المرفوعة
erasure-place-search = البحث عن الوجوه
erasure-place-statistics = إحصاءات قاعدة البيانات
erasure-place-wal = سجل قاعدة البيانات
