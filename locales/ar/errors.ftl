## What was refused, and why

error-invalid = يُرجى تصحيح الحقول المشار إليها.
error-parameter-missing = المُدخل { $name } مطلوب.
error-out-of-range = يجب أن تكون قيمة { $field } ضمن { $range }.
error-credentials = اسم المستخدم أو كلمة المرور غير صحيحة
error-account-inactive = هذا الحساب غير نشط. يُرجى مراجعة مدير النظام.
error-email-unverified = يُرجى تأكيد بريدك الإلكتروني أولًا بالرابط المرسَل إليه.
error-not-signed-in = يُرجى تسجيل الدخول أولًا.
error-token-invalid = رمز الدخول غير صالح أو جرى تعديله.
error-token-expired = انتهت صلاحية رمز الدخول. يُرجى تسجيل الدخول من جديد.
error-refresh-expired = انتهت صلاحية رمز التجديد. يُرجى تسجيل الدخول من جديد.
error-forbidden = ليست لديك صلاحية للقيام بهذا.
error-cross-site = جاء هذا الطلب من موقع آخر فرُفض.
error-no-such-page = لا يوجد شيء في هذا العنوان.
error-method = لا يقبل هذا العنوان هذا النوع من الطلبات.
error-session-closed = انتهت الجلسة أو هي غير نشطة
error-face-quality = جودة صورة الوجه منخفضة جدًا. يُرجى رفع صورة أوضح.
error-face-quality-registration = جودة صورة الوجه لا تكفي للتسجيل
error-no-faces = لم يُعثر على أي وجه في الصورة
error-consent = لا بد من الموافقة قبل حفظ أي وجه.
error-too-large = الملف المرفوع كبير جدًا؛ الحد الأقصى { $most } ميغابايت.
error-too-large-kb = ما أُرسل كبير جدًا؛ الحد الأقصى { $most } كيلوبايت.
error-head-too-large = عنوان الطلب وترويساته أكبر من المسموح.
error-too-slow = وصلت البيانات ببطء شديد. يُرجى المحاولة مرة أخرى باتصال أفضل.
error-too-many = { $seconds ->
    [zero] محاولات كثيرة جدًا. يُرجى إعادة المحاولة.
    [one] محاولات كثيرة جدًا. يُرجى الانتظار ثانية واحدة ثم إعادة المحاولة.
    [two] محاولات كثيرة جدًا. يُرجى الانتظار ثانيتين ثم إعادة المحاولة.
    [few] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثوانٍ ثم إعادة المحاولة.
    [many] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية ثم إعادة المحاولة.
   *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية ثم إعادة المحاولة.
}
error-request-unreadable = تعذّرت قراءة الطلب.
error-answer-unreadable = تعذّرت قراءة الرد: ربما كانت هذه الصفحة أقدم من الخادم. أعد تحميلها.

## What failed

error-storage-full = قرص الخادم ممتلئ، ولم يُحفظ شيء. اطلب من أحد المسؤولين توفير مساحة، ثم حاول مرة أخرى.
error-storage-unwritable = لا يستطيع الخادم الكتابة على قرصه، ولم يُحفظ شيء. اطلب من أحد المسؤولين فحصه.
error-busy = { $seconds ->
    [zero] الخادم مشغول. يُرجى إعادة المحاولة.
    [one] الخادم مشغول. يُرجى إعادة المحاولة بعد ثانية واحدة.
    [two] الخادم مشغول. يُرجى إعادة المحاولة بعد ثانيتين.
    [few] الخادم مشغول. يُرجى إعادة المحاولة بعد { $seconds } ثوانٍ.
    [many] الخادم مشغول. يُرجى إعادة المحاولة بعد { $seconds } ثانية.
   *[other] الخادم مشغول. يُرجى إعادة المحاولة بعد { $seconds } ثانية.
}
error-internal = حدث خطأ من جهتنا ولم يُحفظ شيء. المرجع: { $reference }
error-engine-inference = تعذّر البحث عن الوجوه في هذه الصورة ولم يُحفظ شيء. المرجع: { $reference }
error-engine-embedding = تعذّر قياس أحد الوجوه في هذه الصورة ولم يُحفظ شيء. المرجع: { $reference }
error-engine-index = تعذّر البحث في الوجوه المسجّلة ولم يُحفظ شيء. المرجع: { $reference }
error-unreachable = تعذّر الوصول إلى الخادم. تحقّق من الاتصال ثم أعد المحاولة.
error-waits = لا يوجد اتصال. سيبقى هذا على جهازك ويُرسل تلقائيًا.

## What is not there

error-missing = العنصر المطلوب ({ $what }) بالرقم { $id } غير موجود
error-missing-attendance-record = لا يوجد قيد حضور بالرقم { $id }
error-missing-session = لا توجد جلسة حضور بالرقم { $id }
error-missing-backup = لا توجد نسخة احتياطية باسم { $id }
error-missing-department = لا يوجد قسم بالرقم { $id }
error-missing-import = لا يوجد استيراد بالرقم { $id }
error-missing-login-session = لا توجد جلسة تسجيل دخول بالرقم { $id }
error-missing-message = لا توجد رسالة بالرقم { $id }
error-missing-objection = لا يوجد اعتراض بالرقم { $id }
error-missing-photo = لا توجد صورة بالرقم { $id }
error-missing-record = لا يوجد قيد بالرقم { $id }
error-missing-student = لا يوجد طالب بالرقم { $id }
error-missing-student-of-session = لا يوجد في هذه الجلسة طالب بالرقم { $id }
error-missing-user = لا يوجد مستخدم بالرقم { $id }

## How an import stands

import-state-uploaded = أعمدة بحاجة إلى مراجعة
import-state-rehearsing = قيد التجربة
import-state-rehearsed = جاهز للتطبيق
import-state-applying = قيد التطبيق
import-state-applied = مطبّق
import-state-undoing = قيد التراجع
import-state-undone = متراجَع عنه
import-state-discarded = متجاهَل

## A percentage and its arithmetic

summary-sum = { $attended } من أصل { $counted }
summary-sum-late = { $attended } من أصل { $counted } (حاضر: { $present }، متأخر: { $late })
summary-excused = { $count ->
    [zero] { $sum }؛ ولا جلسات معذورة
    [one] { $sum }؛ جلسة معذورة واحدة غير محتسبة
    [two] { $sum }؛ جلستان معذورتان غير محتسبتين
    [few] { $sum }؛ { $count } جلسات معذورة غير محتسبة
    [many] { $sum }؛ { $count } جلسة معذورة غير محتسبة
   *[other] { $sum }؛ { $count } جلسة معذورة غير محتسبة
}
summary-nothing = لا شيء يُحتسب بعد
forecast-may-miss = { $count ->
    [zero] لا يمكنك الغياب عن أي حصة أخرى إن أردت الحفاظ على { $limit } %.
    [one] يمكنك الغياب عن حصة واحدة أخرى مع الحفاظ على { $limit } %.
    [two] يمكنك الغياب عن حصتين أخريين مع الحفاظ على { $limit } %.
    [few] يمكنك الغياب عن { $count } حصص أخرى مع الحفاظ على { $limit } %.
    [many] يمكنك الغياب عن { $count } حصة أخرى مع الحفاظ على { $limit } %.
   *[other] يمكنك الغياب عن { $count } حصة أخرى مع الحفاظ على { $limit } %.
}
forecast-attend = { $count ->
    [zero] لا حاجة إلى حضور حصص أخرى لبلوغ { $limit } %.
    [one] احضر الحصة القادمة لتبلغ { $limit } %.
    [two] احضر الحصتين القادمتين لتبلغ { $limit } %.
    [few] احضر { $count } حصص قادمة متتالية لتبلغ { $limit } %.
    [many] احضر { $count } حصة قادمة متتالية لتبلغ { $limit } %.
   *[other] احضر { $count } حصة قادمة متتالية لتبلغ { $limit } %.
}
forecast-out-of-reach = لم يعد بلوغ { $limit } % ممكنًا.

## What students agree to

notice-stored = تحفظ مؤسستك صورًا لك، وبصمة وجه تُستخرج من كل صورة: أرقامًا تصف وجهك.
notice-use = تُستخدم للتعرّف عليك في الصور التي يلتقطها العاملون للصف كي يُسجَّل حضورك، ولملاحظة تسجيل الوجه الواحد مرتين. ولا تُستخدم لأي غرض آخر ولا تُنقل إلى أحد.
notice-seen = يمكن للعاملين في المؤسسة رؤية صورك. ولا يمكن لأحد رؤية الأرقام.
notice-refuse = يحق لك الرفض، ويحق لك سحب موافقتك في أي وقت. ولا يضرّك ذلك: يُسجَّل حضورك عندئذ يدويًا.
notice-withdraw = عند سحب موافقتك تُحذف الصور وبصمات الوجه فورًا. أما نُسخها في النسخ الاحتياطية فتُحذف بانتهاء مدة تلك النسخ.
