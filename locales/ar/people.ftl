## Users

users-lead = كل من يسجّل الدخول: المعلّمون ومديرو النظام والطلاب الذين يطّلعون على حضورهم.
users-invite = دعوة شخص
users-deleted = حُذف الحساب.
users-created = يمكن لـ { $name } تسجيل الدخول الآن
users-one-time-password = سلّم كلمة المرور هذه شخصيًا، فلن تظهر إلا الآن.
users-caption = الحسابات: { $count }
users-any-role = الكل
users-any-state = الكل
users-newest = الأحدث أولًا
users-none-match = لا حساب مطابق
users-none-match-why = لا يوجد حساب يوافق هذا البحث وهذه المرشحات.
users-show-all = عرض جميع الحسابات
users-account = الحساب
users-role = الدور
users-last-sign-in = آخر تسجيل دخول
users-state = الحالة
users-never = لم يحدث بعد
users-is-you = هذا حسابك
users-new = حساب جديد
users-username = اسم المستخدم
users-username-pattern = من 3 إلى 150 رمزًا: أحرف لاتينية وأرقام وشرطات سفلية
users-username-hint = أحرف لاتينية وأرقام وشرطات سفلية.
users-email = البريد الإلكتروني
users-first-name = الاسم الأول
users-last-name = اسم العائلة
users-departments = أقسام المعلّم
users-no-department = لا توجد أقسام بعد.
users-make-department = أنشئ قسمًا أولًا
users-password = كلمة المرور
users-password-hint = إن تركتها فارغة تُنشأ كلمة مرور لمرة واحدة وتظهر مرة واحدة. { $rule }
users-no-scripts = البرامج النصية متوقفة في المتصفح: اكتب كلمة مرور، إذ لا يمكن عرض كلمة مرور تُنشأ تلقائيًا.
users-make = إنشاء الحساب

## A new student

new-student-title = طالب جديد
new-student-no-department = القسم أولًا
new-student-no-department-why = ينتمي كل طالب إلى قسم، وبرمزه يبدأ رقم القيد. ولا توجد أقسام بعد.
new-student-make-department = إنشاء قسم
new-student-who = بيانات الطالب
new-student-name = الاسم
new-student-email = البريد الإلكتروني
new-student-phone = الهاتف
new-student-phone-pattern = من 10 إلى 15 رقمًا؛ ويجوز أن تتخللها + ومسافات وشرطات وأقواس
new-student-department = القسم
new-student-choose = اختر …
new-student-roll-number = رقم القيد
new-student-roll-number-later = يُعطى عند حفظ الطالب
new-student-face = الوجه
new-student-agreed = بحفظ الصور تؤكّد أن الطالب وافق على التعرّف على الوجه. ومن دون صور يُسجَّل حضور الطالب يدويًا.
new-student-save = حفظ الطالب
new-student-left-out = { $count ->
    [zero] لا صور غير صالحة للاستخدام.
    [one] صورة واحدة لا يمكن استخدامها وستُستبعد.
    [two] صورتان لا يمكن استخدامهما وستُستبعدان.
    [few] { $count } صور لا يمكن استخدامها وستُستبعد.
    [many] { $count } صورة لا يمكن استخدامها وستُستبعد.
   *[other] { $count } صورة لا يمكن استخدامها وستُستبعد.
}
new-student-not-sent = لا يستطيع هذا المتصفح إرسال النموذج.
new-student-saved = حُفظ { $name } برقم القيد { $roll }.
new-student-lookalike = هذا الوجه قريب جدًا من وجه { $name } ({ $roll }). سيُطلب التحقق من الاثنين دائمًا.

## Accounts, in every form about them

account-username = اسم المستخدم
account-username-pattern = من 3 إلى 150 رمزًا: أحرف لاتينية وأرقام وشرطات سفلية
account-email = البريد الإلكتروني
account-password = كلمة المرور
account-password-rule = 8 رموز على الأقل، منها حرف كبير وحرف صغير ورقم ورمز خاص.
account-link-needed = تحتاج هذه الصفحة إلى رابطها

## Sign in

login-lead = الحضور في حصصك.
login-forgot = هل نسيت كلمة المرور؟
login-register = إنشاء حساب

## The first administrator

setup-tab = مدير النظام الأول
setup-title = مرحبًا بك في Rollcall
setup-lead = أنشئ حساب مدير النظام الأول، ومنه يُضاف الآخرون جميعًا.
setup-no-link = يعرض الخادم عند أول تشغيل رابطًا يُستخدم مرة واحدة. افتح ذلك الرابط لإنشاء حساب مدير النظام الأول.
setup-username-hint = أحرف لاتينية وأرقام وشرطات سفلية.
setup-make = إنشاء حساب مدير النظام

## Links in messages

verify-tab = تأكيد البريد الإلكتروني
verify-title = تأكيد عنوان بريدك الإلكتروني
verify-lead = بعد ذلك يصبح حسابك جاهزًا ويمكنك تسجيل الدخول.
verify-go = تأكيد عنواني
reset-tab = كلمة مرور جديدة
reset-title = اختر كلمة مرور جديدة
reset-lead = عند حفظها يُسجَّل خروجك من جميع أجهزتك.
reset-invited-title = اختر كلمة المرور
reset-invited-lead = ثم سجّل الدخول باسم المستخدم الوارد في الرسالة.
reset-password = كلمة المرور الجديدة
reset-save = حفظ كلمة المرور
link-whole = افتح الرابط كاملًا كما ورد في الرسالة المرسلة إليك.

## Photos that are looked at while they are chosen

check-not-sent = لا يستطيع هذا المتصفح إرسال الصورة.

## Photos of oneself

my-photos-front = من الأمام
my-photos-front-hint = انظر إلى الكاميرا مباشرة ووجهك نحو الضوء، ولا شيء أمامه.
my-photos-left = مع التفات بسيط إلى اليسار
my-photos-left-hint = أدر رأسك قليلًا إلى اليسار، مع بقاء العينين في الصورة.
my-photos-right = مع التفات بسيط إلى اليمين
my-photos-right-hint = أدر رأسك قليلًا إلى اليمين، مع بقاء العينين في الصورة.
my-photos-store = حفظ هذه الصور
my-camera-title = صور بالكاميرا
my-camera-lead = صورة من الأمام، والأفضل صورة أخرى مع التفات بسيط إلى كل جانب. لا يُحفظ شيء قبل أن تطلب ذلك.
my-camera-back = العودة إلى وجهي
my-camera-files = اختيار صور من الملفات بدلًا من ذلك
my-camera-no-scripts = تحتاج الكاميرا إلى نصوص برمجية لا يشغّلها هذا المتصفح. اختر صورًا من الملفات بدلًا من ذلك.
