## Fields of forms
domain-required = هذا الحقل مطلوب.
domain-unshowable = يحتوي هذا النص على رموز لا يمكن عرضها.
domain-too-long = { $most ->
    [zero] يجب ألّا يزيد هذا الحقل على { $most } حرف.
    [one] يجب ألّا يزيد هذا الحقل على حرف واحد.
    [two] يجب ألّا يزيد هذا الحقل على حرفين.
    [few] يجب ألّا يزيد هذا الحقل على { $most } أحرف.
    [many] يجب ألّا يزيد هذا الحقل على { $most } حرفًا.
   *[other] يجب ألّا يزيد هذا الحقل على { $most } حرف.
}
domain-email-wrong = أدخل بريدًا إلكترونيًا صحيحًا.
domain-phone-wrong = أدخل رقم هاتف من 10 إلى 15 رقمًا.
domain-username-short = { $least ->
    [zero] يجب ألّا يقلّ اسم المستخدم عن { $least } حرف.
    [one] يجب ألّا يقلّ اسم المستخدم عن حرف واحد.
    [two] يجب ألّا يقلّ اسم المستخدم عن حرفين.
    [few] يجب ألّا يقلّ اسم المستخدم عن { $least } أحرف.
    [many] يجب ألّا يقلّ اسم المستخدم عن { $least } حرفًا.
   *[other] يجب ألّا يقلّ اسم المستخدم عن { $least } حرف.
}
domain-username-letters = لا يُسمح في اسم المستخدم إلا بالأحرف اللاتينية والأرقام والشرطة السفلية.
domain-password-short = { $least ->
    [zero] يجب ألّا تقلّ كلمة المرور عن { $least } حرف.
    [one] يجب ألّا تقلّ كلمة المرور عن حرف واحد.
    [two] يجب ألّا تقلّ كلمة المرور عن حرفين.
    [few] يجب ألّا تقلّ كلمة المرور عن { $least } أحرف.
    [many] يجب ألّا تقلّ كلمة المرور عن { $least } حرفًا.
   *[other] يجب ألّا تقلّ كلمة المرور عن { $least } حرف.
}
domain-password-long = { $most ->
    [zero] يجب ألّا تزيد كلمة المرور على { $most } حرف.
    [one] يجب ألّا تزيد كلمة المرور على حرف واحد.
    [two] يجب ألّا تزيد كلمة المرور على حرفين.
    [few] يجب ألّا تزيد كلمة المرور على { $most } أحرف.
    [many] يجب ألّا تزيد كلمة المرور على { $most } حرفًا.
   *[other] يجب ألّا تزيد كلمة المرور على { $most } حرف.
}
domain-password-upper = يجب أن تحتوي كلمة المرور على حرف كبير واحد على الأقل.
domain-password-lower = يجب أن تحتوي كلمة المرور على حرف صغير واحد على الأقل.
domain-password-digit = يجب أن تحتوي كلمة المرور على رقم واحد على الأقل.
domain-password-special = يجب أن تحتوي كلمة المرور على رمز خاص واحد على الأقل.
domain-password-common = كلمة المرور هذه شائعة جدًا.
domain-code-letters = لا يُسمح في الرمز إلا بالأحرف اللاتينية والأرقام.
domain-within = يجب أن تكون هذه القيمة بين { $least } و{ $most }.
domain-date-needed = يلزم تاريخ صحيح.
domain-range-reversed = بداية المدة تقع بعد نهايتها.
domain-no-department = هذا القسم غير موجود.

## Uploads
domain-upload-parts = يحتوي النموذج على أجزاء أكثر من اللازم.
domain-upload-size = حجم الملف يتجاوز { $most } م.ب
domain-upload-count = { $most ->
    [zero] اختر { $most } صورة على الأكثر في المرة الواحدة.
    [one] اختر صورة واحدة على الأكثر في المرة الواحدة.
    [two] اختر صورتين على الأكثر في المرة الواحدة.
    [few] اختر { $most } صور على الأكثر في المرة الواحدة.
    [many] اختر { $most } صورة على الأكثر في المرة الواحدة.
   *[other] اختر { $most } صورة على الأكثر في المرة الواحدة.
}
domain-upload-text-long = هذا النص طويل جدًا.
domain-upload-text-unreadable = هذا النص غير قابل للقراءة.
domain-upload-integer = يلزم عدد صحيح.
domain-upload-number = يلزم رقم صحيح.
domain-upload-heic = صيغة الملف غير صحيحة. صور HEIC من iPhone لا تُقرأ: اختر «الأكثر توافقًا» ضمن الإعدادات ثم الكاميرا ثم التنسيقات، أو أرسل الصورة بصيغة JPEG.
domain-upload-type = صيغة الملف غير صحيحة. اختر ملفًا بصيغة jpg أو jpeg أو png.
domain-upload-unreadable = تعذّرت قراءة النموذج. يُرجى إرساله مرة أخرى.
domain-upload-file-size = الملف أكبر من { $most } م.ب.
domain-upload-torn = لم يصل الملف كاملًا. يُرجى إرساله مرة أخرى.

## Photos that cannot be read
domain-photo-empty = الصورة فارغة.
domain-photo-no-photo = صيغة الملف غير صحيحة: هذا الملف ليس صورة. يُرجى إرسال صورة بصيغة JPEG أو PNG.
domain-photo-format = صيغة الملف غير صحيحة: صور { $format } لا يمكن قراءتها. يُرجى إرسال صورة بصيغة JPEG أو PNG.
domain-photo-pixels = أبعاد الصورة { $width } × { $height } بكسل، وهذا أكبر مما يمكن معالجته.
domain-photo-damaged = الصورة تالفة. يُرجى التقاطها أو إرسالها مرة أخرى.
domain-faces-off = التعرّف على الوجوه متوقّف في هذه المؤسسة. سجّل الحضور يدويًا أدناه.
domain-faces-no-files = التعرّف على الوجوه غير مُعدّ على هذا الخادم: ملفات النماذج غير موجودة. سجّل الحضور يدويًا أدناه.
domain-faces-no-runtime = التعرّف على الوجوه غير مُعدّ على هذا الخادم: مكتبة ONNX Runtime غير موجودة. سجّل الحضور يدويًا أدناه.

## Faces on photos
domain-face-none = لم يُعثر على وجه في الصورة المرفوعة
domain-face-several = { $count ->
    [zero] لا تُظهر الصورة أي وجه. استخدم صورة لهذا الطالب وحده.
    [one] تُظهر الصورة وجهًا واحدًا. استخدم صورة لهذا الطالب وحده.
    [two] تُظهر الصورة وجهين. استخدم صورة لهذا الطالب وحده.
    [few] تُظهر الصورة { $count } وجوه. استخدم صورة لهذا الطالب وحده.
    [many] تُظهر الصورة { $count } وجهًا. استخدم صورة لهذا الطالب وحده.
   *[other] تُظهر الصورة { $count } وجه. استخدم صورة لهذا الطالب وحده.
}
domain-face-fine = هذه الصورة مناسبة.
domain-face-different = تُظهر هذه الصور أشخاصًا مختلفين.
domain-face-too-small = الوجه صغير جدًا: اقترب أكثر، يلزم 80 بكسل على الأقل.
domain-face-small = الوجه صغير نوعًا ما: اقترب أكثر.
domain-face-blurred = الوجه غير واضح: اثبت واضبط التركيز.
domain-face-dark = الوجه معتم جدًا: توجّه نحو الضوء.
domain-face-bright = الوجه ساطع جدًا: ابتعد عن الضوء المباشر.
domain-face-turned = الوجه ملتفت: انظر إلى الكاميرا.
domain-face-cut = الوجه مقطوع: أبقه كاملًا داخل الصورة.
domain-face-unclear = يصعب رؤية الوجه: يجب ألّا يغطيه شيء.
domain-face-try-visible = تأكّد من ظهور الوجه بوضوح
domain-face-try-light = تحقّق من الإضاءة
domain-face-try-size = يجب ألّا يقلّ الوجه عن 80×80 بكسل
domain-face-too-small-to-compare = الوجه أصغر من أن يُقارن: اقترب أو التقط صورة ثانية.
domain-face-nobody = لا أحد في قائمة الطلاب هذه له هذا الوجه.
domain-face-no-match = لم يُعثر على تطابق (الثقة دون الحد)
domain-face-uncertain = متشابه، لكنه غير مؤكّد.
domain-face-alike = يتشابه طالبان هنا.
domain-face-poor = الوجه غير واضح أو معتم أو ملتفت.

## Marks and how they came to be
domain-mark-present = حاضر
domain-mark-late = متأخر
domain-mark-absent = غائب
domain-mark-excused = معذور
domain-mark-unmarked = غير مسجّل
domain-how-photo = بالصورة
domain-how-teacher = من المعلّم
domain-how-clock = تلقائيًا عند انتهاء الوقت
domain-how-import = بالاستيراد
domain-how-person = من { $person }
domain-how-somebody = من أحد المستخدمين
domain-marked-by-face = تلقائي (التعرّف على الوجه)
domain-marked-by-clock = تلقائي (إغلاق الجلسة)

## Records
domain-record-not-on-roster = هذا الطالب ليس في قائمة طلاب هذه الجلسة.
domain-record-twice = ذُكر هذا الطالب مرتين.
domain-record-too-late = انتهت مدة التصحيح. ما زال بإمكان مدير النظام تغيير هذا السجل.
domain-record-needs-reason = تصحيح سجل حضور محفوظ يحتاج إلى سبب.
domain-record-stays = لا يمكن حذف قيد من سجل حضور محفوظ، بل تصحيحه فقط.
domain-records-too-many = { $most ->
    [zero] يوجد أكثر من { $most } قيد: اختر مدة أقصر أو قسمًا واحدًا.
    [one] يوجد أكثر من قيد واحد: اختر مدة أقصر أو قسمًا واحدًا.
    [two] يوجد أكثر من قيدين: اختر مدة أقصر أو قسمًا واحدًا.
    [few] يوجد أكثر من { $most } قيود: اختر مدة أقصر أو قسمًا واحدًا.
    [many] يوجد أكثر من { $most } قيدًا: اختر مدة أقصر أو قسمًا واحدًا.
   *[other] يوجد أكثر من { $most } قيد: اختر مدة أقصر أو قسمًا واحدًا.
}
domain-record-late = سجّل { $by } الطالب { $student } بالحالة «{ $status }» عند { $at }؛ أما تسجيلك «{ $own }» من { $made } فقد وصل متأخرًا ولم يُكتب.
domain-record-late-student = المعني
domain-record-late-somebody = أحد المستخدمين

## Objections
domain-contest-open-register = لم يُغلق سجل الحضور هذا بعد. أخبر معلّمك.
domain-contest-too-late = انتهت مدة الاعتراض. راجع الإدارة.
domain-contest-status = لا يمكن الاعتراض إلا على الغياب أو التأخر.
domain-contest-twice = سبق أن كتبت عن هذا القيد. انتظر الرد.
domain-contest-choose = اختر حاضر أو متأخر أو معذور.
domain-contest-decided = سبق أن بتّ أحدهم في هذا.
domain-contest-reason = اعتراض: { $answer }
domain-contest-accepted = مقبول
domain-contest-change = { $who }: تغيّر من «{ $from }» إلى «{ $to }»
domain-contest-change-why = { $who }: تغيّر من «{ $from }» إلى «{ $to }» ({ $reason })

## Sessions
domain-session-own-departments = لا يمكنك بدء الجلسات إلا في أقسامك.
domain-session-other-department = هذه الجلسة تابعة لقسم آخر.
domain-session-date-format = صيغة التاريخ غير صحيحة. استخدم YYYY-MM-DD.
domain-session-past = لا يمكن إنشاء جلسة لتاريخ مضى
domain-session-past-reason = الجلسة التي مضى تاريخها تحتاج إلى سبب هنا.
domain-session-ahead = { $days ->
    [zero] لا يمكن إنشاء جلسة لتاريخ بعد اليوم
    [one] لا يمكن إنشاء جلسة قبل موعدها بأكثر من يوم واحد
    [two] لا يمكن إنشاء جلسة قبل موعدها بأكثر من يومين
    [few] لا يمكن إنشاء جلسة قبل موعدها بأكثر من { $days } أيام
    [many] لا يمكن إنشاء جلسة قبل موعدها بأكثر من { $days } يومًا
   *[other] لا يمكن إنشاء جلسة قبل موعدها بأكثر من { $days } يوم
}
domain-session-time-format = صيغة الوقت غير صحيحة. استخدم HH:MM:SS.
domain-session-end = يجب أن يكون وقت الانتهاء بعد وقت البدء
domain-session-long = { $hours ->
    [zero] مدة الجلسة تتجاوز الحد الأقصى ({ $hours } ساعة)
    [one] مدة الجلسة تتجاوز الحد الأقصى (ساعة واحدة)
    [two] مدة الجلسة تتجاوز الحد الأقصى (ساعتان)
    [few] مدة الجلسة تتجاوز الحد الأقصى ({ $hours } ساعات)
    [many] مدة الجلسة تتجاوز الحد الأقصى ({ $hours } ساعة)
   *[other] مدة الجلسة تتجاوز الحد الأقصى ({ $hours } ساعة)
}

## Departments
domain-department-code-taken = يوجد قسم بهذا الرمز بالفعل
domain-department-name-taken = يوجد قسم بهذا الاسم بالفعل
domain-department-has-students = لا يمكن حذف قسم فيه طلاب
domain-department-move-students = انقل طلابه إلى قسم آخر أولًا
domain-department-has-sessions = لا يمكن حذف قسم له جلسات حضور
domain-department-keep = أبقه: سجلات حضوره تابعة له
domain-department-has-teachers = لا يمكن حذف قسم له معلّمون
domain-department-move-teachers = عيّن معلّميه في قسم آخر أولًا
domain-department-no-numbers = لم يبقَ في القسم { $code } أي رقم قيد.

## Students
domain-student-email-taken = يوجد طالب بهذا البريد الإلكتروني بالفعل
domain-student-recorded = لا يمكن حذف طالب له قيود حضور
domain-student-inactive-instead = ألغِ تفعيل الطالب بدلًا من ذلك
domain-erasure-just-changed = تغيّرت بيانات الطالب في هذه اللحظة. افتح الصفحة من جديد ثم امحُ بياناته.
domain-student-erased = حُذفت بيانات هذا الطالب نهائيًا، فلا يمكن تغيير شيء منها بعد الآن.
domain-student-confirm = اكتب { $number } للتأكيد.
domain-student-photos-full = { $most ->
    [zero] للطالب { $most } صورة على الأكثر. احذف واحدة أولًا.
    [one] للطالب صورة واحدة على الأكثر. احذفها أولًا.
    [two] للطالب صورتان على الأكثر. احذف واحدة أولًا.
    [few] للطالب { $most } صور على الأكثر. احذف واحدة أولًا.
    [many] للطالب { $most } صورة على الأكثر. احذف واحدة أولًا.
   *[other] للطالب { $most } صورة على الأكثر. احذف واحدة أولًا.
}
domain-student-no-photo = لا توجد صورة محفوظة لهذا الطالب. أضف صورة أولًا.
domain-student-not-own-photo = هذه ليست صورة محفوظة لهذا الطالب.

## Photos by students
domain-own-face-office = تضيف إدارة مؤسستك الصور.
domain-own-face-not-linked = حسابك غير مرتبط بطالب بعد. على مدير النظام أن يربطه باسمك في قائمة الطلاب.
domain-own-face-inactive = لست في أي قائمة طلاب حاليًا.
domain-own-face-agree = وافق على الإشعار أولًا.
domain-own-face-enough = { $most ->
    [zero] لا صور محفوظة، ولا حاجة إلى المزيد.
    [one] صورة واحدة محفوظة، ولا حاجة إلى المزيد.
    [two] صورتان محفوظتان، ولا حاجة إلى المزيد.
    [few] { $most } صور محفوظة، ولا حاجة إلى المزيد.
    [many] { $most } صورة محفوظة، ولا حاجة إلى المزيد.
   *[other] { $most } صورة محفوظة، ولا حاجة إلى المزيد.
}
domain-own-face-later = لا يمكن تقييم الصور حاليًا. حاول لاحقًا.
domain-own-face-one = التقط صورة واحدة على الأقل أو اخترها.
domain-own-face-many = عدد الصور المحفوظة الأقصى { $most }، والمحفوظ منها الآن { $count }. أرسل عددًا أقل.
domain-own-face-somebody = هذا الوجه مسجّل لشخص آخر بالفعل. راجع الإدارة.

## Accounts
domain-account-username-taken = يوجد مستخدم بهذا الاسم بالفعل
domain-account-email-taken = يوجد مستخدم بهذا البريد الإلكتروني بالفعل
domain-account-teacher-department = يحتاج المعلّم إلى قسم واحد على الأقل.
domain-account-departments = { $most ->
    [zero] اذكر { $most } قسم على الأكثر.
    [one] اذكر قسمًا واحدًا على الأكثر.
    [two] اذكر قسمين على الأكثر.
    [few] اذكر { $most } أقسام على الأكثر.
    [many] اذكر { $most } قسمًا على الأكثر.
   *[other] اذكر { $most } قسم على الأكثر.
}
domain-account-own-switch = لا يمكنك إيقاف حسابك.
domain-account-last-admin-change = هذا آخر مدير نظام نشط. عيّن شخصًا آخر مديرًا أولًا.
domain-account-own-password = غيّر كلمة مرورك باستخدام كلمة المرور الحالية.
domain-account-own-delete = لا يمكنك حذف حسابك.
domain-account-used = لا يمكن حذف مستخدم له سجلات مرتبطة
domain-account-deactivate = ألغِ تفعيل الحساب بدلًا من ذلك
domain-account-last-admin = هذا آخر مدير نظام نشط.
domain-account-stands = هذا الحساب مرتبط بطالب. ألغِ الربط أولًا.
domain-account-named = { $count ->
    [zero] لم يُذكر في أي جلسة أو قيد أو صورة أو موافقة. ألغِ تفعيله بدلًا من ذلك.
    [one] ذُكر مرة واحدة في الجلسات أو القيود أو الصور أو الموافقات. ألغِ تفعيله بدلًا من ذلك.
    [two] ذُكر مرتين في الجلسات أو القيود أو الصور أو الموافقات. ألغِ تفعيله بدلًا من ذلك.
    [few] ذُكر { $count } مرات في الجلسات أو القيود أو الصور أو الموافقات. ألغِ تفعيله بدلًا من ذلك.
    [many] ذُكر { $count } مرة في الجلسات أو القيود أو الصور أو الموافقات. ألغِ تفعيله بدلًا من ذلك.
   *[other] ذُكر { $count } مرة في الجلسات أو القيود أو الصور أو الموافقات. ألغِ تفعيله بدلًا من ذلك.
}
domain-account-not-linked = هذا الحساب غير مرتبط بأي طالب.
domain-account-student-taken = هذا الطالب مرتبط بحساب آخر. ألغِ ذلك الربط أولًا.
domain-account-student-role = لا يُربط بالطالب إلا حساب بدور طالب.
domain-account-linked = هذا الحساب مرتبط بطالب. ألغِ الربط أولًا.
domain-account-no-student = لا يوجد طالب برقم القيد هذا.
domain-account-just-linked = رُبط هذا الحساب بطالب قبل قليل.
domain-account-activate = فعّل الحساب أولًا.
domain-account-link-fresh = كُتب رابط قبل أقل من دقيقة. انتظر لحظة أو استخدم ذلك الرابط.
domain-account-closed = ينشئ مديرو النظام الحسابات هنا. راجع أحدهم.
domain-account-role = يلزم دور صحيح: student أو teacher أو admin.
domain-account-role-forbidden = لا ينشئ حسابات بهذا الدور إلا مديرو النظام.
domain-account-passwords-differ = كلمتا المرور غير متطابقتين.
domain-account-same-password = اختر كلمة مرور تختلف عن الحالية.
domain-account-wrong-password = هذه ليست كلمة المرور الحالية.
domain-account-link-over = لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا.
domain-account-setup-over = لم يعد هذا الرابط صالحًا. سجّل الدخول، أو شغّل الخادم للحصول على رابط جديد.
domain-device-browser-on = { $browser } على { $system }
domain-device-some-browser-on = متصفح على { $system }
domain-device-some-browser = متصفح
domain-device-some-program = برنامج

## Mails with a link
domain-mail-verify-subject = أكّد بريدك الإلكتروني
domain-mail-reset-subject = اختر كلمة مرور جديدة
domain-mail-invite-subject = دعوتك إلى Rollcall
domain-mail-verify =
    مرحبًا { $username }،

    يُرجى تأكيد بريدك الإلكتروني في Rollcall بفتح هذا الرابط خلال ثلاثة أيام:

    { $link }

    إن لم تنشئ حسابًا فلا يلزمك فعل أي شيء.
domain-mail-reset =
    مرحبًا { $username }،

    اختر كلمة مرور جديدة في Rollcall بفتح هذا الرابط خلال ساعة واحدة:

    { $link }

    إن لم تطلب ذلك فلا يلزمك فعل أي شيء: تبقى كلمة مرورك كما هي.
domain-mail-invite =
    مرحبًا { $username }،

    أُنشئ لك حساب في Rollcall. اختر كلمة مرورك بفتح هذا الرابط خلال { $days } أيام:

    { $link }

    ثم سجّل الدخول باسم المستخدم { $username } على العنوان { $site }

    إن لم تكن تتوقع هذه الرسالة فلا يلزمك فعل أي شيء.

## Outbox
domain-message-sent = سبق أن أُرسلت.
domain-message-link-removed = أُزيل رابطها حين توقّف إرسالها. أرسل إلى الشخص رابطًا جديدًا.
domain-message-link-over = انتهت صلاحية رابطها. أرسل إلى الشخص رابطًا جديدًا.
domain-message-no-server = لم يُحدَّد خادم بريد.
domain-message-expired = انتهت صلاحية رابطها قبل أن تُرسل.
domain-message-secret-gone = (أُزيل)

## Overview
domain-problem-mail = البريد
domain-problem-mail-sentence = تعذّر إرسال «{ $subject }»: { $error }
domain-problem-sign-in = تسجيل الدخول
domain-problem-failures = { $count ->
    [zero] لا محاولات فاشلة لتسجيل الدخول مؤخرًا.
    [one] محاولة فاشلة واحدة لتسجيل الدخول مؤخرًا.
    [two] محاولتان فاشلتان لتسجيل الدخول مؤخرًا.
    [few] { $count } محاولات فاشلة لتسجيل الدخول مؤخرًا.
    [many] { $count } محاولة فاشلة لتسجيل الدخول مؤخرًا.
   *[other] { $count } محاولة فاشلة لتسجيل الدخول مؤخرًا.
}
domain-problem-waiting = { $count ->
    [zero] لا حساب أو عنوان عليه الانتظار.
    [one] على حساب أو عنوان واحد الانتظار.
    [two] على حسابين أو عنوانين الانتظار.
    [few] على { $count } حسابات أو عناوين الانتظار.
    [many] على { $count } حسابًا أو عنوانًا الانتظار.
   *[other] على { $count } حساب أو عنوان الانتظار.
}
domain-problem-server = الخادم
domain-problem-log = { $what } في سجل الخادم المزيد تحت المرجع { $reference }.
domain-problem-disk = القرص
domain-problem-disk-low = بقي { $megabytes } ميغابايت فقط. وفّر مساحة قبل أن يتعذّر حفظ أي شيء.
domain-problem-disk-full = القرص ممتلئ ولم يبق سوى { $megabytes } ميغابايت. وفّر مساحة الآن، فقريبًا لن يُحفظ شيء.
domain-problem-recognition = التعرّف على الوجوه
domain-fault-search = فشل البحث عن الوجوه في صورة.
domain-fault-measure = فشل قياس وجه.
domain-fault-gallery = فشل البحث في الوجوه المسجّلة.
domain-fault-request = فشل طلب داخل الخادم.

## Reports
domain-report-period = { $days ->
    [zero] اختر مدة لا تتجاوز { $days } يوم.
    [one] اختر مدة لا تتجاوز يومًا واحدًا.
    [two] اختر مدة لا تتجاوز يومين.
    [few] اختر مدة لا تتجاوز { $days } أيام.
    [many] اختر مدة لا تتجاوز { $days } يومًا.
   *[other] اختر مدة لا تتجاوز { $days } يوم.
}
domain-report-nobody = لا يوجد طالب يطابق «{ $search }».
domain-report-several = عدة طلاب يطابقون «{ $search }»: اختر واحدًا.

## Settings
domain-setting-institution = اسم المؤسسة
domain-setting-late-after = التأخر بعد
domain-setting-corrections = مدة التصحيح
domain-setting-longest = أطول جلسة
domain-setting-ahead = الجلسات المقبلة
domain-setting-formula = صيغة الثقة
domain-setting-low = الحضور المنخفض
domain-setting-self = صور من الطلاب
domain-setting-minutes = { $count ->
    [zero] { $count } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
domain-setting-hours = { $count ->
    [zero] { $count } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
domain-setting-days = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
domain-setting-percent = { $percent } %
domain-setting-allowed = مسموح
domain-setting-not-allowed = غير مسموح
domain-setting-whole = اكتب عددًا صحيحًا.

## What the environment fixes
domain-fixed-zone = المنطقة الزمنية
domain-fixed-zone-effect = اليوم و«متأخر» وكل وقت في الصفحات يتبع هذه الساعة.
domain-fixed-consent = الموافقة
domain-fixed-consent-attest = إقرار: رفع مدير النظام للصورة يعني أن الطالب وافق
domain-fixed-consent-strict = صارم: يجب تسجيل الموافقة أولًا
domain-fixed-consent-effect = يحدّد هل يجوز حفظ صورة قبل تسجيل الموافقة.
domain-fixed-registration = إنشاء الحسابات
domain-fixed-registration-open = مفتوح: يمكن لأي شخص إنشاء حساب طالب
domain-fixed-registration-closed = مغلق: لا ينشئ الحسابات إلا مديرو النظام
domain-fixed-registration-effect = يحدّد من يمكنه إنشاء حساب.
domain-fixed-faces = التعرّف على الوجوه
domain-fixed-faces-on = مفعّل
domain-fixed-faces-off = متوقّف: تسجيل الحضور يدويًا فقط
domain-fixed-faces-effect = الإيقاف يزيل الكاميرا وكل الوجوه، وتبقى سجلات الحضور.
domain-fixed-pack = حزمة النماذج
domain-fixed-pack-first = أول حزمة موجودة
domain-fixed-pack-effect = الشبكات التي تعثر على الوجوه وتميّز بينها؛ انظر صفحة النماذج.
domain-fixed-address = العنوان
domain-fixed-address-none = غير محدّد؛ الخادم يعمل على { $address }
domain-fixed-address-effect = تبدأ به روابط الرسائل، ومع https تعمل الكاميرا وملفات الارتباط الآمنة في كل مكان.
domain-fixed-mail = البريد
domain-fixed-mail-from = يُرسل باسم { $sender }
domain-fixed-mail-no-sender = خادم البريد محدّد، لكن لا مرسل (MAIL_FROM)
domain-fixed-mail-none = لا يُرسل: تنتظر الرسائل في صندوق الصادر
domain-fixed-mail-effect = يحدّد هل تغادر الرسائل صندوق الصادر.
domain-fixed-tokens = رموز الدخول
domain-fixed-tokens-value = رمز الوصول: { $hours } س، رمز التجديد: { $days } ي
domain-fixed-tokens-effect = كم تبقى البرامج التي تستخدم الواجهة البرمجية مسجّلة الدخول.

## Backups
domain-backup-running = يجري إنشاء نسخة احتياطية بالفعل. انتظر حتى تنتهي.
domain-backup-damaged = { $name } تالفة ولا يمكن استعادتها: { $why }
domain-backup-step-copy = نسخ قاعدة البيانات
domain-backup-step-pack = حزم قاعدة البيانات
domain-backup-step-photos = حزم الصور
domain-backup-step-check = التحقق مما كُتب

## Requests that waited on a device
domain-request-key = قيمة Idempotency-Key غير صحيحة.
domain-request-key-used = استُخدمت قيمة Idempotency-Key هذه لشيء آخر.

## Imports
domain-import-no-csv = اختر ملف CSV.
domain-import-not-whole = لم يصل الملف كاملًا.
domain-import-nothing = لا يغيّر أي صف في هذا الملف شيئًا.
domain-import-undo-over = { $hours ->
    [zero] يمكن التراجع عن الاستيراد خلال { $hours } ساعة، وقد انتهت هذه المدة.
    [one] يمكن التراجع عن الاستيراد خلال ساعة واحدة، وقد انتهت هذه المدة.
    [two] يمكن التراجع عن الاستيراد خلال ساعتين، وقد انتهت هذه المدة.
    [few] يمكن التراجع عن الاستيراد خلال { $hours } ساعات، وقد انتهت هذه المدة.
    [many] يمكن التراجع عن الاستيراد خلال { $hours } ساعة، وقد انتهت هذه المدة.
   *[other] يمكن التراجع عن الاستيراد خلال { $hours } ساعة، وقد انتهت هذه المدة.
}
domain-import-not-stopped = لم يتوقّف هذا الاستيراد.
domain-import-at-work = يعمل الخادم على هذا الاستيراد. انتظر حتى ينتهي.
domain-import-cannot-rehearse = حالة هذا الاستيراد «{ $state }» ولا يمكن إجراء تجربة له.
domain-import-cannot-apply = حالة هذا الاستيراد «{ $state }» ولا يمكن تطبيقه.
domain-import-cannot-discard = حالة هذا الاستيراد «{ $state }» ولا يمكن تجاهله.
domain-import-cannot-undo = حالة هذا الاستيراد «{ $state }» ولا يمكن التراجع عنه.
domain-import-state-uploaded = أعمدة بحاجة إلى مراجعة
domain-import-state-rehearsing = قيد التجربة
domain-import-state-rehearsed = جاهز للتطبيق
domain-import-state-applying = قيد التطبيق
domain-import-state-applied = مطبّق
domain-import-state-undoing = قيد التراجع
domain-import-state-undone = متراجَع عنه
domain-import-state-discarded = متجاهَل
domain-import-name-column = اختر عمود الأسماء.
domain-import-email-column = اختر عمود البريد الإلكتروني.
domain-import-no-column = لا يوجد هذا العمود في الملف. اختره مرة أخرى.
domain-import-column-twice = هذا العمود مختار بالفعل على أنه «{ $column }».
domain-import-column-name = الاسم
domain-import-column-first-name = الاسم الأول
domain-import-column-last-name = اسم العائلة
domain-import-column-email = البريد الإلكتروني
domain-import-column-phone = الهاتف
domain-import-column-department = القسم
domain-import-column-roll-no = رقم القيد
domain-import-column-photo = الصورة

## What imports have kept in English
domain-import-workbook = هذا مصنّف جداول. في برنامج الجداول اختر «حفظ باسم» ثم «CSV UTF-8».
domain-import-not-text = هذا ليس ملفًا نصيًا. احفظ الجدول بصيغة CSV.
domain-import-columns = { $most ->
    [zero] في الملف أكثر من { $most } عمود.
    [one] في الملف أكثر من عمود واحد.
    [two] في الملف أكثر من عمودين.
    [few] في الملف أكثر من { $most } أعمدة.
    [many] في الملف أكثر من { $most } عمودًا.
   *[other] في الملف أكثر من { $most } عمود.
}
domain-import-no-rows = لا توجد صفوف في الملف تحت العناوين.
domain-import-rows = عدد صفوف الملف { $rows }، والحد الأقصى في المرة الواحدة { $most }.
domain-import-unreadable = تعذّرت قراءة الملف: { $why }.
domain-import-several-files = يوجد أكثر من ملف بهذا الاسم.
domain-import-no-file = لا يوجد هذا الملف بين الصور.
domain-import-photos-full = { $most ->
    [zero] للطالب { $most } صورة على الأكثر.
    [one] للطالب صورة واحدة على الأكثر.
    [two] للطالب صورتان على الأكثر.
    [few] للطالب { $most } صور على الأكثر.
    [many] للطالب { $most } صورة على الأكثر.
   *[other] للطالب { $most } صورة على الأكثر.
}
domain-import-no-zip = هذا ليس ملف ZIP قابلًا للقراءة.
domain-import-zip-files = عدد الملفات في ZIP هو { $count }، والحد الأقصى { $most }.
domain-import-zip-locked = ملف ZIP محمي بكلمة مرور. احزمه من دونها.
domain-import-zip-large = بعد فك الضغط يصبح ملف ZIP أكبر من { $most } م.ب.
domain-import-zip-empty = لا توجد ملفات في ZIP.
domain-import-zip-missing = لم يأتِ مع الجدول ملف ZIP للصور.
domain-import-damaged = الملف تالف.
domain-import-no-photos = لا توجد صور.
domain-import-photo-large = الصورة أكبر من { $most } م.ب.
domain-import-photo-type = لا تُقبل إلا صور JPEG وPNG.
domain-import-long-row = خلايا الصف أكثر من عناوين الملف: النص الذي يحتوي على فاصل يحتاج إلى علامتي اقتباس.
domain-import-roll-letters = لا يُسمح في رقم القيد إلا بالأحرف والأرقام و- _ . /
domain-import-fixed-number = رقم قيد { $name } هو { $number } بالفعل، ورقم القيد لا يتغيّر أبدًا.
domain-import-address-taken = هذا البريد مسجّل بالفعل للطالب { $student }.
domain-import-no-department = لا يوجد قسم { $name }.
domain-import-line-address = في السطر { $line } البريد نفسه.
domain-import-line-number = في السطر { $line } رقم القيد نفسه.
domain-import-line-student = السطر { $line } عن الطالب نفسه، { $number }.
domain-import-photo-stored = هذه الصورة محفوظة بالفعل.
domain-import-face-known = هذا الوجه مسجّل بالفعل باسم { $student }.
domain-import-gone = لم تعد الملفات المرفوعة موجودة على هذا الجهاز. تجاهل هذا الاستيراد وارفع الملفات مرة أخرى.
domain-import-new-photos = { $count ->
    [zero] { $count } صورة جديدة
    [one] صورة جديدة واحدة
    [two] صورتان جديدتان
    [few] { $count } صور جديدة
    [many] { $count } صورة جديدة
   *[other] { $count } صورة جديدة
}
domain-import-students-changed = تغيّر الطلاب منذ التجربة.
domain-import-recorded = يوجد حضور مسجّل: يبقى الطالب ويُلغى تفعيله.
domain-import-changed-student = غيّر أحدهم بيانات الطالب بعد ذلك: يبقى الطالب.
domain-import-added-photo = أضاف أحدهم صورة بعد ذلك: يبقى الطالب.
domain-import-changed-since = تغيّر بعد ذلك، فيبقى كما هو.
domain-import-address-gone = البريد القديم أصبح لشخص آخر.
domain-import-department-gone = القسم القديم لم يعد موجودًا.
domain-import-quality = جودة الوجه منخفضة جدًا. يُرجى رفع صورة أوضح.
domain-import-consent = تلزم الموافقة قبل حفظ أي وجه.
domain-import-internal = حدث خطأ من جانبنا. لم يُحفظ شيء. المرجع: { $reference }

## The audit log
domain-audit-backup-delete = حُذفت نسخة احتياطية
domain-audit-backup-download = نُزّلت نسخة احتياطية
domain-audit-backup-make = أُنشئت نسخة احتياطية
domain-audit-contest-accept = قُبل اعتراض
domain-audit-contest-decline = رُفض اعتراض
domain-audit-contest-open = اعتُرض على قيد
domain-audit-demo-crowd = كُتب طلاب تجريبيون
domain-audit-demo-sessions = كُتبت جلسات تجريبية
domain-audit-department-create = أُنشئ قسم
domain-audit-department-delete = حُذف قسم
domain-audit-department-update = غُيّر قسم
domain-audit-import-applied = كُتب طلاب من ملف
domain-audit-import-apply = بدأ الاستيراد
domain-audit-import-discard = جرى تجاهل الاستيراد
domain-audit-import-rehearse = جُرّب الاستيراد
domain-audit-import-undo = طُلب التراجع عن الاستيراد
domain-audit-import-undone = أُزيل طلاب ملف مجددًا
domain-audit-import-upload = رُفع ملف طلاب
domain-audit-outbox-delete = حُذفت رسالة
domain-audit-outbox-retry = أُعيد إرسال رسالة
domain-audit-record-correct = صُحّح سجل محفوظ
domain-audit-record-photo = سُجّل بالصورة
domain-audit-record-rest = سُجّل الطلاب غير المسجّلين
domain-audit-record-set = سُجّل يدويًا
domain-audit-session-auto-close = أُغلقت الجلسة تلقائيًا بانتهاء الوقت
domain-audit-session-cancel = أُلغيت الجلسة
domain-audit-session-change = غُيّرت الجلسة
domain-audit-session-complete = حُفظ سجل الحضور
domain-audit-session-create = بدأت الجلسة
domain-audit-settings-change = غُيّر إعداد
domain-audit-student-activate = فُعّل طالب
domain-audit-student-consent = سُجّلت موافقة
domain-audit-student-create = أُضيف طالب
domain-audit-student-data-copy = أُخذت نسخة من البيانات الشخصية
domain-audit-student-deactivate = أُلغي تفعيل طالب
domain-audit-student-delete = حُذف طالب
domain-audit-student-erase = مُحيت بيانات طالب
domain-audit-student-face-remove = أُزيل الوجه وسُحبت الموافقة
domain-audit-student-photo-add = أُضيفت صورة
domain-audit-student-photo-remove = حُذفت صورة
domain-audit-student-photo-replace = استُبدلت صورة
domain-audit-student-photo-view = اطّلاع على صورة
domain-audit-student-re-enrol = أُعيدت قراءة بصمات الصور
domain-audit-student-self-enrol = أضاف الطالب صوره
domain-audit-student-update = غُيّرت بيانات طالب
domain-audit-user-activate = فُعّل حساب
domain-audit-user-change-password = غُيّرت كلمة المرور
domain-audit-user-change-role = غُيّر الدور
domain-audit-user-create = أُنشئ حساب
domain-audit-user-deactivate = أُوقف حساب
domain-audit-user-delete = حُذف حساب
domain-audit-user-invite = دُعي صاحب حساب
domain-audit-user-link-student = رُبط حساب بطالب
domain-audit-user-refused = رفض طلب
domain-audit-user-request-reset = طُلبت كلمة مرور جديدة
domain-audit-user-reset-password = أُعيد تعيين كلمة المرور
domain-audit-user-send-link = أُرسل رابط
domain-audit-user-sign-in = تسجيل دخول
domain-audit-user-sign-in-failed = فشل تسجيل دخول
domain-audit-user-sign-out = تسجيل خروج
domain-audit-user-sign-out-device = أُخرج جهاز من الحساب
domain-audit-user-sign-out-others = أُخرجت الأجهزة الأخرى من الحساب
domain-audit-user-unlink-student = فُصل حساب عن طالبه
domain-audit-user-update = غُيّرت بيانات حساب
domain-audit-user-verify-email = أُكّد البريد الإلكتروني
domain-audit-export = تصدير ملف
domain-audit-marked = { $place ->
    [known] سجّل { $who } الطالب { $student } بالحالة «{ $status }» في { $subject }، { $date }
   *[unknown] سجّل { $who } الطالب { $student } بالحالة «{ $status }»
}
domain-audit-marked-photo = { $place ->
    [known] سجّل { $who } بالصورة الطالب { $student } بالحالة «{ $status }» في { $subject }، { $date }
   *[unknown] سجّل { $who } بالصورة الطالب { $student } بالحالة «{ $status }»
}
domain-audit-took-back = { $place ->
    [known] ألغى { $who } تسجيل الطالب { $student } في { $subject }، { $date }: كانت حالته «{ $status }»
   *[unknown] ألغى { $who } تسجيل الطالب { $student }: كانت حالته «{ $status }»
}
domain-audit-confirmed = { $place ->
    [known] أكّد { $who } أن حالة الطالب { $student } «{ $status }» في { $subject }، { $date }
   *[unknown] أكّد { $who } أن حالة الطالب { $student } «{ $status }»
}
domain-audit-changed = { $place ->
    [known] غيّر { $who } قيد الطالب { $student } في { $subject }، { $date }: من «{ $from }» إلى «{ $to }»
   *[unknown] غيّر { $who } قيد الطالب { $student }: من «{ $from }» إلى «{ $to }»
}
domain-audit-with-reason = { $sentence } — { $reason }
domain-audit-some-student = غير معروف
domain-audit-student-number = رقم { $id }
domain-audit-setting = غيّر { $who } الإعداد «{ $setting }»: من «{ $from }» إلى «{ $to }»
domain-audit-details = غيّر { $who } بيانات { $name } ({ $number })
domain-audit-active-again = أعاد { $who } تفعيل الطالب { $name } ({ $number })
domain-audit-inactive = ألغى { $who } تفعيل الطالب { $name } ({ $number })
domain-audit-system = النظام
domain-audit-told = { $who }: { $title }
domain-audit-told-of = { $who }: { $title } — { $thing }
domain-audit-thing-student = { $name } ({ $number })
domain-audit-thing-session = { $subject }، { $date }
domain-audit-thing-both = { $student } · { $session }
domain-audit-row-action = الإجراء
domain-audit-row-who = من
domain-audit-row-what = على ماذا
domain-audit-row-sentence = ما كُتب حينها
domain-audit-row-reference = مرجع الطلب
domain-audit-row-address = من العنوان
