// What the answers on a card mean, by the same rule as on the server (identification/rules.py), so that
// an officer without a network is advised alike. A test compares the two on many answers.
"use strict";
self.advise = (() => {
  const WEIGHTS = ["strong", "medium", "weak"];
  const DECEPTION = "deceptive_recruitment";

  const instrumentFor = (card, age) =>
    card.instruments.find(({ person }) => [age === "adult" ? "adult" : "child", "anybody"].includes(person));
  const isSign = (question, given) => given[question.id] === question.when;
  const actShown = (card, given) => card.questions.some((each) => each.act && isSign(each, given));
  const found = (card, given) =>
    new Set(card.questions.filter((each) => isSign(each, given)).flatMap(({ signs }) => signs));

  const reaches = ([strong, medium, weak], [most, middle, least, either]) =>
    strong >= most && medium >= middle && weak >= least && medium + weak >= either;
  const positive = (instrument, part, signs) => {
    const weights = Object.entries(part.signs).filter(([id]) => signs.has(id)).map(([, weight]) => weight);
    const counted = WEIGHTS.map((weight) => weights.filter((each) => each === weight).length);
    return instrument.rule.some((threshold) => reaches(counted, threshold));
  };

  const category = (instrument, reached, act, child) => {
    const ids = reached.map(({ id }) => id);
    const exploited = instrument.purpose.every((id) => ids.includes(id));
    const controlled = child || !instrument.means.length || instrument.means.some((id) => ids.includes(id));
    if (!exploited) return "no_signs";
    if (!controlled || (instrument.act && !act)) return "exploitation";
    if (child || instrument.person === "child") return "trafficking";
    const means = new Set(reached.filter(({ palermo }) => palermo === "means").map(({ code }) => code));
    return means.size === 1 && means.has(DECEPTION) ? "deception_and_exploitation" : "trafficking";
  };

  return (card, age, given) => {
    const instrument = instrumentFor(card, age);
    const signs = found(card, given);
    const reached = instrument.dimensions.filter((part) => positive(instrument, part, signs));
    return {
      instrument: instrument.code,
      category: category(instrument, reached, actShown(card, given), age !== "adult"),
      reached: reached.map(({ label }) => label),
      questions: card.questions.filter((each) => isSign(each, given)).map(({ id }) => id),
    };
  };
})();
