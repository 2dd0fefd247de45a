## Bringing students in

imports-lead = أدخِل الطلاب من جدول بيانات. سترى أثر كل صف قبل كتابة أي شيء، ويمكن التراجع عن الاستيراد المطبّق خلال 24 ساعة.
imports-discarded = تم تجاهل الاستيراد، ولم يُكتب شيء في بيانات الطلاب.
imports-upload-title = رفع ملف
imports-csv = ملف CSV
imports-csv-hint = حتى 10,000 صف و10 ميغابايت، والعناوين في الصف الأول. تُقبل الفواصل والفواصل المنقوطة وعلامات الجدولة.
imports-zip = ملف ZIP بالصور
imports-zip-hint = صور JPEG وPNG، شخص واحد في كل صورة، وبحد أقصى 5 ميغابايت للصورة و1 غيغابايت للكل.
imports-upload = رفع وفحص
imports-help-title = محتوى الملف
imports-template = تنزيل نموذج جاهز
imports-help = الأعمدة وأمثلة عليها
imports-help-name = مطلوب للطلاب الجدد. ويجوز أن يكون الاسم الأول واسم العائلة في عمودين.
imports-help-email = مطلوب للطلاب الجدد؛ ولا يشترك طالبان في بريد واحد.
imports-help-phone = من 10 إلى 15 رقمًا؛ ويجوز تركه.
imports-help-department = الرمز أو الاسم. ومن دون هذا العمود اختر قسمًا واحدًا للملف كله.
imports-help-roll-no = لمن لديهم رقم قيد فقط؛ ويحصل غيرهم على الرقم التالي في قسمهم.
imports-help-photo = أسماء الملفات في ملف ZIP، وبينها فاصلة منقوطة إن تعدّدت. ومن دونه يُؤخذ الملف المسمّى برقم القيد أو بالبريد الإلكتروني.
imports-example = مثال:
imports-help-rule = يُعرف الطالب الموجود من قبل برقم القيد أو البريد الإلكتروني فيُضاف إليه الجديد، والخانة الفارغة تترك القيمة كما هي. ولا يحذف الاستيراد أحدًا أبدًا.

## Past imports

imports-none = لا عمليات استيراد بعد
imports-none-why = تظهر هنا الملفات التي ترفعها وما آلت إليه. ابدأ بالنموذج الجاهز إن لم تكن لديك قائمة بعد.
imports-caption = عمليات الاستيراد، الأحدث أولًا: { $count }
imports-file = الملف
imports-when = الوقت
imports-by = المستخدم
imports-rows = الصفوف
imports-state = الحالة
imports-not-rehearsed = لم يُجرَّب بعد
imports-counts = جديد: { $created }، متغيّر: { $changed }، بلا تغيير: { $unchanged }، بمشكلات: { $problems }
imports-with-zip = مع { $name }

## Columns of a file

import-columns-check = مراجعة الأعمدة
import-columns-change = تغيير الأعمدة
import-columns-open = الأعمدة والقسم والصور
import-columns-facts = عدد الصفوف: { $count }، بترميز { $encoding }، وبين الخانات { $delimiter ->
    [comma] فواصل
    [semicolon] فواصل منقوطة
   *[tab] علامات جدولة
  }.
import-columns-photos = عدد الصور في { $name }: { $count }.
import-columns-not-judged = لا يمكن تقييم الصور هنا
import-columns-absent = ليس في الملف
import-columns-numbered = العمود { $number }
import-columns-department = قسم الصفوف التي لا تذكر قسمًا
import-columns-no-department = لا شيء: هذه الصفوف مشكلة
import-columns-photos-must-fit = استبعاد الصف إذا رُفضت صورته. وإلا يُكتب الطالب من دون تلك الصورة.
import-columns-sample = الصفوف الأولى من الملف
import-rehearse = تجربة الاستيراد
import-rehearse-again = إعادة التجربة

## One import

import-uploaded = رفعه { $by } في { $at }.
import-rehearsing = جارية تجربة الصفوف: { $done } من { $total }
import-applying = جارٍ تطبيق الصفوف: { $done } من { $total }
import-undoing = جارٍ التراجع عن الصفوف: { $done } من { $total }
import-running-why = يعمل الخادم على ذلك بنفسه: يمكنك مغادرة هذه الصفحة والعودة إليها. والصور أبطأ ما فيه، لأن تسجيل الحضور مقدَّم عليها.
import-show-progress = عرض مدى التقدّم
import-stop-renewing = إيقاف تحديث هذه الصفحة
import-stopped = توقّف العمل
import-stopped-why = ما أُنجز حتى الآن محفوظ. وإعادة المحاولة تُكمل من حيث توقّف.
import-discard = تجاهل
import-discard-question = هل تريد تجاهل هذا الاستيراد؟
import-discard-consequence = تُحذف الملفات المرفوعة وجميع نتائج الفحص. ويبقى الطلاب كما هم.
import-discard-go = تجاهل الاستيراد
import-figures-label = الصفوف بحسب النتيجة
import-figure-problems = { $count ->
    [zero] مشكلات
    [one] مشكلة
    [two] مشكلتان
    [few] مشكلات
    [many] مشكلة
   *[other] مشكلة
}

## After the rehearsal

import-decision-title = لم يُكتب شيء بعد
import-decision-nothing = لا يغيّر أي صف في هذا الملف شيئًا.
import-decision = عند التطبيق يُنشأ: { $created ->
    [zero] لا أحد
    [one] طالب واحد
    [two] طالبان
    [few] { $created } طلاب
    [many] { $created } طالبًا
   *[other] { $created } طالب
  }، وتُغيَّر بيانات: { $changed ->
    [zero] لا أحد
    [one] طالب واحد
    [two] طالبين
    [few] { $changed } طلاب
    [many] { $changed } طالبًا
   *[other] { $changed } طالب
  }.
import-decision-problems = { $count ->
    [zero] لا صفوف بها مشكلات.
    [one] صف واحد به مشكلة فيُستبعد: صحّحه في الملف أدناه وأرسله في استيراد آخر.
    [two] صفّان بهما مشكلات فيُستبعدان: صحّحهما في الملف أدناه وأرسله في استيراد آخر.
    [few] { $count } صفوف بها مشكلات فتُستبعد: صحّحها في الملف أدناه وأرسله في استيراد آخر.
    [many] { $count } صفًا بها مشكلات فتُستبعد: صحّحها في الملف أدناه وأرسله في استيراد آخر.
   *[other] { $count } صف بها مشكلات فتُستبعد: صحّحها في الملف أدناه وأرسله في استيراد آخر.
}
import-consent-strict = لا تُحفظ إلا صور الطلاب المسجّلة موافقتهم من قبل.
import-consent-attest = بالتطبيق تُقرّ بأن هؤلاء الطلاب أو أولياء أمورهم وافقوا على حفظ صورهم. ولا يُتجاوز سحب الموافقة أبدًا.
import-apply = تطبيق الاستيراد
import-download-problems = تنزيل المشكلات
import-unused = { $count ->
    [zero] لا صور بلا صف
    [one] صورة واحدة لا يخصّها أي صف
    [two] صورتان لا يخصّهما أي صف
    [few] { $count } صور لا يخصّها أي صف
    [many] { $count } صورة لا يخصّها أي صف
   *[other] { $count } صورة لا يخصّها أي صف
}
import-unused-more = { $count ->
    [zero] ولا غيرها
    [one] وصورة أخرى
    [two] وصورتان أخريان
    [few] و{ $count } صور أخرى
    [many] و{ $count } صورة أخرى
   *[other] و{ $count } صورة أخرى
}

## What became of it

import-applied = تم التطبيق: جديد { $created }، متغيّر { $changed }
import-applied-left = { $count ->
    [zero] لم يُستبعد منها أي صف.
    [one] استُبعد منها صف واحد لأن بيانات الطلاب تغيّرت بعد التجربة.
    [two] استُبعد منها صفّان لأن بيانات الطلاب تغيّرت بعد التجربة.
    [few] استُبعدت منها { $count } صفوف لأن بيانات الطلاب تغيّرت بعد التجربة.
    [many] استُبعد منها { $count } صفًا لأن بيانات الطلاب تغيّرت بعد التجربة.
   *[other] استُبعد منها { $count } صف لأن بيانات الطلاب تغيّرت بعد التجربة.
}
import-applied-show-left = عرضها
import-to-students = الانتقال إلى الطلاب
import-undone-all = تم التراجع عن كل ما كتبه هذا الاستيراد.
import-undone-kept = { $count ->
    [zero] لم يُبقَ على أي طالب.
    [one] أُبقي على طالب واحد كليًا أو جزئيًا؛ والصف أدناه يبيّن السبب.
    [two] أُبقي على طالبين كليًا أو جزئيًا؛ والصفّان أدناه يبيّنان السبب.
    [few] أُبقي على { $count } طلاب كليًا أو جزئيًا؛ والصفوف أدناه تبيّن السبب.
    [many] أُبقي على { $count } طالبًا كليًا أو جزئيًا؛ والصفوف أدناه تبيّن السبب.
   *[other] أُبقي على { $count } طالب كليًا أو جزئيًا؛ والصفوف أدناه تبيّن السبب.
}
import-undone-show-kept = عرض هؤلاء فقط
import-discarded-nothing = لم يُكتب شيء في بيانات الطلاب.
import-upload-another = رفع ملف آخر

## The way back

import-undo = التراجع عن هذا الاستيراد
import-undo-question = هل تريد التراجع عن هذا الاستيراد؟
import-undo-go = التراجع الآن
import-undo-until = يمكن التراجع عنه حتى { $until }. وأثر التراجع الآن: { $will }
import-undo-will = يُحذف مع الصور: { $removed ->
    [zero] لا أحد
    [one] طالب واحد
    [two] طالبان
    [few] { $removed } طلاب
    [many] { $removed } طالبًا
   *[other] { $removed } طالب
  }، وتُعاد إلى ما كانت عليه بيانات: { $restored ->
    [zero] لا أحد
    [one] طالب واحد
    [two] طالبين
    [few] { $restored } طلاب
    [many] { $restored } طالبًا
   *[other] { $restored } طالب
  }.
import-undo-kept = { $count ->
    [zero] لا يُبقى على أي طالب
    [one] يُبقى على طالب واحد كليًا أو جزئيًا
    [two] يُبقى على طالبين كليًا أو جزئيًا
    [few] يُبقى على { $count } طلاب كليًا أو جزئيًا
    [many] يُبقى على { $count } طالبًا كليًا أو جزئيًا
   *[other] يُبقى على { $count } طالب كليًا أو جزئيًا
}
import-undo-more = { $count ->
    [zero] ولا غيرهم
    [one] وطالب آخر
    [two] وطالبان آخران
    [few] و{ $count } طلاب آخرون
    [many] و{ $count } طالبًا آخر
   *[other] و{ $count } طالب آخر
}

## Rows

import-rows-title = الصفوف
import-rows-none = لا صفوف كهذه
import-rows-none-why = ليس في هذا الاستيراد صف بهذه النتيجة.
import-rows-show-all = عرض جميع الصفوف
import-rows-all = جميع الصفوف بترتيب أسطر الملف: { $count }
import-rows-created = الطلاب الجدد بترتيب أسطر الملف: { $count }
import-rows-changed = الطلاب المتغيّرة بياناتهم بترتيب أسطر الملف: { $count }
import-rows-unchanged = الطلاب الذين لا تتغيّر بياناتهم بترتيب أسطر الملف: { $count }
import-rows-problem = الصفوف التي بها مشكلات بترتيب أسطر الملف: { $count }
import-rows-left = الصفوف المستبعدة أو المُبقى عليها بترتيب أسطر الملف: { $count }
import-rows-student = الطالب
import-rows-line = السطر
import-rows-verdict = النتيجة
import-rows-says = التفاصيل
import-row-no-name = بلا اسم
import-row-change = من { $from } إلى { $to }
import-row-cleared = من { $from } إلى لا شيء
import-photo-good = جودة جيدة.
import-photo-fair = جودة مقبولة.
import-photo-poor = جودة ضعيفة.
import-photo-left-out = مستبعدة: { $why }
