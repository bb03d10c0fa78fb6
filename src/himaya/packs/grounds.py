"""On which conditions a step is taken and on what its time rests, in few words for a picture."""

from himaya.packs.engine import Basis, basis
from himaya.packs.entries import Label
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import Confidence

SHORT: dict[str, Label] = {
    "certified": Label("certificate", "شهادة سارية"),
    "screened": Label("screened", "تم الفحص"),
    "presumed": Label("presumed a victim", "ضحية مفترضة"),
    "informed": Label("person told", "أُخبر الشخص"),
    "has_consent": Label("consent", "موافقة"),
    "person_chose": Label("own choice", "اختيار الشخص"),
    "in_writing": Label("signed", "إقرار موقّع"),
    "reasons_given": Label("reasons", "أسباب"),
    "different_officer": Label("another officer", "موظف آخر"),
    "different_agency": Label("another agency", "جهة أخرى"),
    "not_own_referral": Label("another desk asked", "بطلب مكتب آخر"),
    "place_held": Label("place held", "مكان محجوز"),
    "order_on_file": Label("order on file", "أمر في الملف"),
    "gate_passed": Label("gate passed", "استوفيت الشروط"),
    "recovery_over": Label("recovery over", "انتهت فترة التعافي"),
    "protection_screened": Label("no protection concern", "لا دواعي للحماية"),
    "guardian": Label("guardian of a child", "وصي على الطفل"),
    "best_interests": Label("best interests of a child", "مصلحة الطفل الفضلى"),
    "no_open_clocks": Label("no open deadline", "لا مهلة سارية"),
    "no_open_shares": Label("no live share", "لا مشاركة قائمة"),
    "no_occupied_place": Label("no place held", "لا مكان مشغول"),
    "no_open_proceedings": Label("no court date", "لا جلسة قادمة"),
}
IF = Label("if: {conditions}", "بشرط: {conditions}")
LAW = Label("{law}, article {article}", "{law}، المادة {article}")
SETTING, OWN = Label("a setting", "إعداد"), Label("by the pathway", "وفق المسار")
SURE = {
    Confidence.HIGH: Label("", ""),
    Confidence.MEDIUM: Label(", fairly sure", "، مؤكد إلى حد ما"),
    Confidence.LOW: Label(", not sure", "، غير مؤكد"),
}


def conditions_of(pack: Pack, step: Step, language: str = "en") -> str:
    """The conditions of a step and the bodies it is for, such as `if: screened · reasons`."""
    names = [SHORT[guard].in_language(language) for guard in step.guards]
    bodies = {agency.id: agency.label.in_language(language) for agency in pack.agencies}
    names += [bodies[body] for body in step.agencies if body in bodies]
    if not names:
        return ""
    return IF.in_language(language).format(conditions=" · ".join(names))


def ground_of(pack: Pack, step: Step, language: str = "en") -> str:
    """On what the time of a step rests, and how sure that is; empty when it has none."""
    clocks = [clock for clock in (step.clock, *step.clocks, step.not_before) if clock]
    said = [_ground(basis(pack, step, clock), language, own=not clock.setting) for clock in clocks]
    return " / ".join(dict.fromkeys(said))


def _ground(found: Basis, language: str, *, own: bool) -> str:
    sure = SURE[found.confidence].in_language(language)
    if found.by_law:
        law = found.words.in_language(language)
        return LAW.in_language(language).format(law=law, article=found.article) + sure
    return (OWN if own else SETTING).in_language(language) + sure
