## My attendance

me-done-contested = وصلت ملاحظتك إلى معلّمي القسم. ويظهر الردّ هنا بجانب الجلسة.
me-not-linked = حسابك غير مرتبط بعد
me-not-linked-why = على مدير النظام أن يربطه باسمك في قائمة الطلاب. وعندئذ يظهر حضورك هنا تلقائيًا.
me-empty = لا حصص بعد
me-empty-why = تُدرج كل حصة لك هنا حالما يسجّل المعلّم الحضور فيها.
me-percentage = النسبة المئوية
me-subjects = حسب المادة
me-subjects-caption = الحضور في كل مادة؛ وتُظهر الأشرطة الحاضر والمتأخر والغائب والمعذور
me-subject = المادة
me-sessions = الجلسات
me-attended = الحضور
me-calendar = يومًا بيوم
me-all-subjects = كل المواد
me-none-match = لا جلسات مطابقة
me-none-match-why = لا توجد لك جلسة توافق عوامل التصفية هذه.
me-show-all = عرض جميع الجلسات
me-from = من
me-to = إلى
me-apply = تطبيق
me-clear = مسح
me-was-there = كنت حاضرًا
me-was-there-when = يوم { $day } في { $subject }

## "I was there"

my-record-closed = لا يمكن كتابة شيء عن هذا القيد الآن: إما أن الاعتراض عليه مفتوح بالفعل، أو أنه صُحّح، أو أن المدة انتهت.
my-record-title = ما سُجّل
my-record-note = ما الذي ينبغي أن يعرفه معلّمك؟
my-record-note-hint = مثلًا أين كنت تجلس، أو من يمكنه تأكيد حضورك. يقرأ هذا معلّمو القسم؛ ولا يتغيّر شيء إلى أن يراجعه أحدهم.
my-record-until = يمكنك الكتابة حتى { $until }.
my-record-send = إرسال إلى المعلّم
my-record-state-open = بانتظار الردّ
my-record-state-accepted = مقبول
my-record-state-declined = مرفوض
my-record-answer = الردّ:
my-record-wrote = كتبت في { $day }:

## My face

my-face-done-given = شكرًا لك. يمكن من الآن حفظ صور لك.
my-face-done-withdrawn = حُذفت بيانات وجهك. والإيصال مبيّن أدناه.
my-face-done-enrolled = حُفظت صورك. ويمكن التعرّف عليك من الآن.
my-face-not-linked-why = على مدير النظام أن يربطه باسمك في قائمة الطلاب. وعندئذ يظهر هنا تلقائيًا ما هو محفوظ عنك.
my-face-data = بياناتي
my-face-data-what = كل ما هو محفوظ عنك في ملف واحد: بياناتك، وحضورك، وموافقاتك، ومن غيّر ماذا، وصورك.
my-face-data-download = تنزيل بياناتي (ZIP)
my-face-stored-title = ما هو محفوظ
my-face-stored-nothing = لا صورة لك ولا بيانات وجه محفوظة. ويُسجَّل حضورك يدويًا.
my-face-stored =
    المحفوظ: { $photos ->
        [zero] لا صور
        [one] صورة واحدة
        [two] صورتان
        [few] { $photos } صور
        [many] { $photos } صورة
       *[other] { $photos } صورة
    }، والمستخرج منها: { $templates ->
        [zero] لا بصمات وجه
        [one] بصمة وجه واحدة
        [two] بصمتا وجه
        [few] { $templates } بصمات وجه
        [many] { $templates } بصمة وجه
       *[other] { $templates } بصمة وجه
    }. ولا يُبحث إلا في بصمات النموذج المستخدم، وعددها الآن { $searched }.
my-face-not-usable = غير صالحة للاستخدام بعد
my-face-photo = صورة لك، محفوظة منذ { $since }
my-face-photo-by-you = منذ { $since }، أضفتها أنت
my-face-photo-by-institution = منذ { $since }، أضافتها مؤسستك
my-face-templates = { $count ->
    [zero] لا بصمة وجه
    [one] بصمة وجه واحدة
    [two] بصمتا وجه
    [few] { $count } بصمات وجه
    [many] { $count } بصمة وجه
   *[other] { $count } بصمة وجه
}
my-face-templates-shown = { $count ->
    [zero] لا بصمة وجه · تظهر للعاملين
    [one] بصمة وجه واحدة · تظهر للعاملين
    [two] بصمتا وجه · تظهر للعاملين
    [few] { $count } بصمات وجه · تظهر للعاملين
    [many] { $count } بصمة وجه · تظهر للعاملين
   *[other] { $count } بصمة وجه · تظهر للعاملين
}

## Consent

my-consent-title = الموافقة
my-consent-your-institution = مؤسستك
my-consent-agreed = وافقتَ
my-consent-written = دُوّنت موافقتك بواسطة { $by }
my-consent-attested = أُكّدت موافقتك عند إضافة صورة بواسطة { $by }
my-consent-withdrew = سحبتَ موافقتك
my-consent-removed = حُذفت بيانات وجهك ودُوّن سحب الموافقة بواسطة { $by }
my-consent-state-given = موافقة قائمة
my-consent-state-attested = أكّدتها مؤسستك
my-consent-state-withdrawn = مسحوبة
my-consent-state-none = لم تُعطَ بعد
my-consent-of-notice = الإشعار { $version }
my-consent-notice = الإشعار، الإصدار { $version }
my-consent-agree = قرأت هذا وأوافق
my-consent-agree-again = الموافقة من جديد
my-consent-delete = سحب الموافقة وحذف بيانات وجهي
my-consent-delete-question = هل تريد حذف بيانات وجهك الآن؟
my-consent-delete-consequence =
    تُحذف فورًا ولا يمكن استعادتها: { $photos ->
        [zero] لا صور
        [one] صورة واحدة
        [two] صورتان
        [few] { $photos } صور
        [many] { $photos } صورة
       *[other] { $photos } صورة
    } و{ $templates ->
        [zero] لا بصمات وجه
        [one] بصمة وجه واحدة
        [two] بصمتا وجه
        [few] { $templates } بصمات وجه
        [many] { $templates } بصمة وجه
       *[other] { $templates } بصمة وجه
    }. ويبقى حسابك وحضورك، ويُسجَّل حضورك من الآن يدويًا.
my-consent-withdraw = سحب الموافقة
my-consent-withdraw-question = هل تريد سحب موافقتك؟
my-consent-withdraw-consequence = لن يستطيع أحد عندئذ إضافة صورة لك. ولا شيء محفوظ الآن، ويُسجَّل حضورك يدويًا.
my-consent-refuse = رفض
my-consent-refuse-question = هل ترفض حفظ بيانات وجهك؟
my-consent-refuse-consequence = لن يستطيع أحد عندئذ إضافة صورة لك. ويُسجَّل حضورك يدويًا.

## Receipt of a removed face

my-receipt-title = إيصال الحذف
my-receipt-by-you = سحبتَ موافقتك في { $day } عند { $time }. ويبقى حسابك وحضورك.
my-receipt-by-institution = حذفت مؤسستك بيانات وجهك في { $day } عند { $time }. ويبقى حسابك وحضورك.
my-receipt-photos = الصور في قاعدة البيانات
my-receipt-files = ملفات الصور على القرص
my-receipt-templates = بصمات الوجه في قاعدة البيانات
my-receipt-searched = بصمات الوجه في البحث الجاري
my-receipt-store = مكان الحفظ
my-receipt-removed = المحذوف
my-receipt-left = الباقي الآن

## Photos of oneself

my-photos-title = إضافة صور لك
my-photos-guided = ترشدك صفحة الكاميرا من صورة إلى أخرى، وتخبرك فورًا هل تصلح كل صورة.
my-photos-files = أو التقط صورًا أو اخترها هنا
my-photos-refused = لم يُحفظ شيء. التقط الصور المشار إليها من جديد واختر الأخرى مرة أخرى: لا تحتفظ المتصفحات بالملفات.
my-photos-room = { $count ->
    [zero] تكفي صورة واحدة، وثلاث أفضل. ولا يمكن حفظ المزيد.
    [one] تكفي صورة واحدة، وثلاث أفضل. ويمكن حفظ صورة أخرى.
    [two] تكفي صورة واحدة، وثلاث أفضل. ويمكن حفظ صورتين أخريين.
    [few] تكفي صورة واحدة، وثلاث أفضل. ويمكن حفظ { $count } صور أخرى.
    [many] تكفي صورة واحدة، وثلاث أفضل. ويمكن حفظ { $count } صورة أخرى.
   *[other] تكفي صورة واحدة، وثلاث أفضل. ويمكن حفظ { $count } صورة أخرى.
}

## Profile and devices

profile-lead = حسابك الشخصي.
profile-done-saved = حُفظت بياناتك.
profile-done-password = غُيّرت كلمة مرورك، وسُجّل خروجك من جميع الأجهزة الأخرى.
profile-done-device = سُجّل الخروج من ذلك الجهاز.
profile-done-others = سُجّل خروجك من جميع الأجهزة الأخرى.
profile-about = بياناتك
profile-role = الدور
profile-departments = الأقسام
profile-since = عضو منذ
profile-kept-by-admins = اسم المستخدم والبريد الإلكتروني والدور يغيّرها مدير النظام.
profile-password-lead = تغيير كلمة المرور يُسجّل خروجك من جميع أجهزتك الأخرى.
profile-password-current = كلمة المرور الحالية
profile-password-new = كلمة المرور الجديدة
profile-password-again = كلمة المرور الجديدة مرة أخرى
profile-password-change = تغيير كلمة المرور
profile-devices = الأجهزة التي سُجّل الدخول عليها
profile-sign-out-others = تسجيل الخروج من كل مكان آخر
profile-sign-out-others-question = هل تريد تسجيل الخروج من كل مكان آخر؟
profile-sign-out-others-consequence = سيلزم تسجيل الدخول من جديد في جميع المتصفحات الأخرى وفي البرامج التي تستخدم حسابك.
profile-sign-out-others-go = تسجيل خروجها
profile-devices-note = هل هنا ما ليس لك؟ سجّل خروجه وغيّر كلمة مرورك. والمتصفح الذي لا يُستخدم ساعة كاملة يُسجَّل خروجه تلقائيًا.
profile-device-browser = متصفح
profile-device-program = برنامج برمز دخول للواجهة البرمجية
profile-device-used = { $kind } · آخر استخدام
profile-device-since = · تسجيل الدخول
profile-device-this = هذا الجهاز
profile-device-sign-out = تسجيل خروج { $name }

## An account of one's own

signup-title = إنشاء حساب
signup-lead = للطلاب. أما المعلّمون فيدعوهم { $who }.
signup-who = أحد مديري النظام في مؤسستك
signup-who-of = أحد مديري النظام في { $institution }
signup-have-account = هل لديك حساب بالفعل؟
signup-closed = التسجيل مغلق
signup-closed-lead = ينشئ مديرو النظام الحسابات هنا. اطلب حسابًا من { $who }.
signup-closed-how = ينشئون الحساب ويرسلون إليك رابطًا تختار به كلمة مرورك.
signup-back = العودة إلى تسجيل الدخول
signup-signed-in = سجّلت الدخول باسم { $name } ولا تحتاج إلى حساب آخر.
signup-username-hint = تسجّل به الدخول: من 3 إلى 150 رمزًا من الأحرف اللاتينية والأرقام والشرطات السفلية.
signup-email-hint = العنوان الذي تعرفه مدرستك، كي يُنسب إليك حضورك.
signup-first-name = الاسم الأول
signup-last-name = اسم العائلة
signup-phone = الهاتف
signup-phone-hint = من 10 إلى 15 رقمًا.
signup-password-again = كلمة المرور مرة أخرى
signup-go = إنشاء الحساب
signup-sent = تحقّق من بريدك
signup-sent-lead = أُرسلت رسالة فيها رابط إلى العنوان الذي كتبته.
signup-sent-then = { $days ->
    [zero] افتح الرابط اليوم وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
    [one] افتح الرابط خلال يوم واحد وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
    [two] افتح الرابط خلال يومين وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
    [few] افتح الرابط خلال { $days } أيام وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
    [many] افتح الرابط خلال { $days } يومًا وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
   *[other] افتح الرابط خلال { $days } يوم وسجّل الدخول. وابحث في مجلد الرسائل غير المرغوب فيها أيضًا.
}
signup-waits = حسابك بالانتظار
signup-waits-lead = يجب أولًا تأكيد بريده الإلكتروني. أخبر { $who }.
signup-waits-then = لا يرسل هذا الموقع البريد بنفسه: تنتظر الرسالة التي فيها رابطك في صندوق الصادر، وهناك يقرؤها مديرو النظام ويسلّمونك الرابط.
signup-no-link = لم يصلك رابط؟ راجع { $who }، فيمكنه تأكيد عنوانك يدويًا.
signup-done-again = إن كان هناك حساب ينتظر بهذا العنوان فقد كُتبت رسالة جديدة. ولم يعد الرابط الأقدم صالحًا.
signup-email-of-account = البريد الإلكتروني للحساب
signup-send-again = إعادة إرسال الرسالة
signup-write-again = إعادة كتابة الرسالة

## A lost password

forgot-title = هل نسيت كلمة المرور؟
forgot-lead = يُرسل رابط لاختيار كلمة مرور جديدة إلى البريد الإلكتروني لحسابك.
forgot-go = طلب رابط
forgot-again = طلب رابط آخر
forgot-unverified = ألم يُؤكَّد عنوانك قط؟
forgot-unverified-why = يجب تأكيد الحساب الجديد قبل أن يمكن الحصول على كلمة مرور جديدة له.
forgot-remembered = هل تذكّرتها؟
forgot-asked = هذا كل ما عليك فعله هنا
forgot-asked-what = إن كان لحساب مستخدَم هذا العنوان تُكتب رسالة فيها رابط.
forgot-asked-mail = تحقّق من بريدك، ومن مجلد الرسائل غير المرغوب فيها أيضًا.
forgot-asked-outbox = لا يرسل هذا الموقع البريد بنفسه: تنتظر الرسالة في صندوق الصادر، وهناك يجدها مديرو النظام. أخبر { $who } ليسلّمك الرابط.
forgot-asked-link = { $hours ->
    [zero] يعمل الرابط مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
    [one] يصلح الرابط لمدة ساعة واحدة ويعمل مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
    [two] يصلح الرابط لمدة ساعتين ويعمل مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
    [few] يصلح الرابط لمدة { $hours } ساعات ويعمل مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
    [many] يصلح الرابط لمدة { $hours } ساعة ويعمل مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
   *[other] يصلح الرابط لمدة { $hours } ساعة ويعمل مرة واحدة. وتبقى كلمة مرورك القديمة إلى أن تستخدمه.
}
