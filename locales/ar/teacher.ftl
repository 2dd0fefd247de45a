## Any page

routes-other-role = هذه الصفحة مخصّصة لدور آخر.

## Student

student-saved = تم الحفظ.
student-attendance-link = الحضور والتغييرات
student-details = البيانات
student-name = الاسم
student-roll-number = رقم القيد
student-department = القسم
student-email = البريد الإلكتروني
student-phone = الهاتف
student-account = يسجّل الدخول باسم
student-no-account = لا يوجد حساب مرتبط
student-added = تاريخ الإضافة
student-edit = تعديل
student-roll-number-stays = رقم القيد ثابت لا يتغيّر أبدًا.
student-state = الحالة
student-state-active = نشط: يُدرج في القوائم الجديدة
student-state-inactive = غير نشط: لا يُدرج في أي قائمة جديدة، وتبقى قيوده السابقة
student-save = حفظ التغييرات

## Photos of a student

student-photos-title = الوجه
student-photos-none = لا صورة بعد. يُسجَّل حضور هذا الطالب يدويًا.
student-photos-none-add = لا صورة بعد. ومن دونها يُسجَّل حضور هذا الطالب يدويًا.
student-photos-not-usable = غير صالحة للاستخدام بعد
student-photos-alt = صورة { $name }، أُضيفت في { $added }
student-photos-shown = { $added } · تظهر في القوائم
student-photos-remove = إزالة
student-photos-remove-question = هل تريد إزالة هذه الصورة؟
student-photos-remove-consequence = تُحذف الصورة وبيانات الوجه المستخرجة منها فورًا، ولا يمكن استعادتها.
student-photos-remove-go = إزالة الصورة
student-photos-removed = حُذفت الصورة وبيانات الوجه الخاصة بها.
student-photos-add = إضافة صور
student-photos-agreed = بإضافة صورة تؤكّد أن الطالب وافق على ذلك.
student-photos-none-usable = لا يمكن حفظ أي من هذه الصور.
student-photos-none-chosen = اختر صورة أو التقطها أولًا.
student-photos-not-sent = لا يستطيع هذا المتصفح إرسال الصورة.
student-photos-stored = { $count ->
    [zero] لم تُضف أي صورة.
    [one] أُضيفت الصورة.
    [two] أُضيفت صورتان.
    [few] أُضيفت { $count } صور.
    [many] أُضيفت { $count } صورة.
   *[other] أُضيفت { $count } صورة.
}

## Students

students-title = الطلاب
