"""Why a step is not open, in whole sentences for whoever looks for it."""

from collections.abc import Iterable, Sequence

from himaya.packs.desks import Agency
from himaya.packs.entries import Label
from himaya.packs.tracks import Step, StepActor
from himaya.packs.vocabulary import CLOCK, NOT_TOO_EARLY, RIGHT_BODY
from himaya.packs.wording import duration

BY_ITSELF = Label(
    "Nobody takes this step: it happens by itself when its time is up.",
    "لا يتخذ هذه الخطوة أحد: فهي تتم تلقائيًا عند انتهاء المدة.",
)
ELSEWHERE = Label(
    "The pathway does not lead here from where the case stands now.",
    "لا يؤدي المسار إلى هنا من حيث تقف الحالة الآن.",
)
THEIRS = Label("This step is for: {names}.", "هذه الخطوة من اختصاص: {names}.")
EARLY = Label(
    "It is too early: {time} must go by first, from when the case came to where it stands.",
    "الوقت مبكر: يجب أن تمضي أولًا مدة {time} من وصول الحالة إلى حيث تقف.",
)
# What is missing when a condition of `vocabulary.GUARDS` is not met, and who can change that.
MISSING: dict[str, Label] = {
    "certified": Label(
        "You need a valid certificate for this act. Ask your supervisor for the training.",
        "تحتاج إلى شهادة سارية لهذا الإجراء. اطلب التدريب من مشرفك.",
    ),
    "screened": Label(
        "A screening must be complete first.",
        "يجب إتمام الفحص أولًا.",
    ),
    "presumed": Label(
        "The person must first be presumed or confirmed to be a victim.",
        "يجب أولًا افتراض صفة الضحية للشخص أو تأكيدها.",
    ),
    "informed": Label(
        "The person must first be told, in their language, what this means and what it cannot do.",
        "يجب أولًا إخبار الشخص بلغته بما يعنيه هذا وما لا يضمنه.",
    ),
    "has_consent": Label(
        "The person has not allowed this. Ask them, and record their consent first.",
        "لم يوافق الشخص على هذا. اسأله وسجّل موافقته أولًا.",
    ),
    "person_chose": Label(
        "The person's own free choice must be recorded first.",
        "يجب أولًا تسجيل اختيار الشخص بحرية.",
    ),
    "in_writing": Label(
        "A declaration signed by the person must be on file.",
        "يجب أن يكون في الملف إقرار موقّع من الشخص.",
    ),
    "reasons_given": Label(
        "Reasons must be given.",
        "يجب ذكر الأسباب.",
    ),
    "different_officer": Label(
        "You took the step before. A colleague must take this one: nobody decides it alone.",
        "اتخذتَ الخطوة السابقة. يجب أن يتخذ هذه زميل: لا يقررها أحد وحده.",
    ),
    "different_agency": Label(
        "Your agency took the step before. An officer of another agency must take this one.",
        "اتخذت جهتك الخطوة السابقة. يجب أن يتخذ هذه موظف من جهة أخرى.",
    ),
    "not_own_referral": Label(
        "Your desk asked for this. Another desk must answer.",
        "مكتبك هو الذي طلب هذا. يجب أن يجيب مكتب آخر.",
    ),
    "place_held": Label(
        "A place that fits the person must be free and held first.",
        "يجب أولًا توافر مكان مناسب للشخص وحجزه.",
    ),
    "order_on_file": Label(
        "The order of the prosecution or the court must be on file.",
        "يجب أن يكون أمر النيابة أو المحكمة في الملف.",
    ),
    "gate_passed": Label(
        "It must first be shown by two agencies that this is safe, free and informed.",
        "يجب أولًا أن تثبت جهتان أن هذا آمن وحر وعن علم.",
    ),
    "recovery_over": Label(
        "The recovery period is still running. Wait for its end, or for a waiver in writing.",
        "ما زالت فترة التعافي سارية. انتظر انتهاءها أو تنازل الشخص عنها كتابةً.",
    ),
    "protection_screened": Label(
        "Protection screening must be done first, and no concern may stand against a return.",
        "يجب أولًا إتمام فحص الحماية، وألا يبقى ما يمنع العودة.",
    ),
    "guardian": Label(
        "The person is, or may be, a child: an independent guardian must be there first.",
        "الشخص طفل أو قد يكون طفلًا: يجب أولًا وجود وصي مستقل.",
    ),
    "best_interests": Label(
        "The person is, or may be, a child: their best interests must be assessed first.",
        "الشخص طفل أو قد يكون طفلًا: يجب أولًا تقييم مصلحته الفضلى.",
    ),
    "no_open_clocks": Label(
        "A deadline of the case is still running. Meet it or hand it over first.",
        "ما زالت مهلة في الحالة سارية. استوفها أو سلّمها أولًا.",
    ),
    "no_open_shares": Label(
        "The person's information is still shared. End every share first.",
        "ما زالت معلومات الشخص مشتركة. أنهِ كل مشاركة أولًا.",
    ),
    "no_occupied_place": Label(
        "The person still holds a place in a shelter.",
        "ما زال للشخص مكان في مركز إيواء.",
    ),
    "no_open_proceedings": Label(
        "A court date of the case is still ahead.",
        "ما زالت في الحالة جلسة محكمة قادمة.",
    ),
}


def missing(condition: str, step: Step, agencies: Iterable[Agency]) -> Label:
    """What is missing when a condition of a step is not met. agencies: the bodies of the pack."""
    if condition == RIGHT_BODY:
        return _for([agency.label for agency in agencies if agency.id in step.agencies])
    if condition == NOT_TOO_EARLY and step.not_before:
        english, arabic = (duration(step.not_before, language) for language in ("en", "ar"))
        return Label(EARLY.en.format(time=english), EARLY.ar.format(time=arabic))
    return MISSING[condition]


def not_theirs(step: Step, actors: Iterable[StepActor]) -> Label:
    """Whose step it is, for somebody whose step it is not. actors: the names in the pack."""
    names = [actor.label for actor in actors if actor.id in step.actors and actor.id != CLOCK]
    return _for(names) if names else BY_ITSELF


def _for(names: Sequence[Label]) -> Label:
    return Label(
        THEIRS.en.format(names=", ".join(name.en for name in names)),
        THEIRS.ar.format(names="، ".join(name.ar for name in names)),
    )
