// The screening card on an officer's telephone, with or without a network. What is asked stays in the
// memory of this page; on the device it lies only sealed to the desk, from the first answer on.
"use strict";
(() => {
  const QUIET = 15 * 60 * 1000; // nobody touched it: what is in memory goes
  const TWICE = 250; // milliseconds: a finger that taps twice answers once
  const card = JSON.parse(document.getElementById("card").dataset.said);
  const here = document.documentElement.lang;
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const sections = all("main > section");
  let device = null;
  let interview = null; // the person's answers, while they are asked
  let place = 0;
  let under = ""; // what the cover hides, while it does
  let sound = null;
  let saving = Promise.resolve();
  let quiet = 0;
  let touchedAt = 0;

  const bring = (name) => {
    sections.forEach((each) => (each.hidden = each.id !== name));
    find("bar").hidden = name === "cover";
    find("stop").hidden = !interview || ["end", "advice", "home", "cover"].includes(name);
    scrollTo(0, 0);
    find(name).querySelector("h1, [tabindex]").focus();
  };
  // Whatever happens while somebody looks on waits under the cover.
  const show = (name) => {
    if (under) under = name;
    else bring(name);
  };
  const resting = (buttons, rest) => buttons.forEach((each) => (each.disabled = rest));
  const direction = (code) => card.tongues.find((each) => each.code === code)?.dir ?? "ltr";
  const put = (element, words, code) => {
    const spoken = words[code] ? code : "en";
    [element.lang, element.dir, element.textContent] = [spoken, direction(spoken), words[spoken]];
  };

  // The first screen.
  const count = async () => {
    const waiting = await kept.waiting();
    find("waiting").hidden = !waiting.length;
    find("count").textContent = find("count").dataset.words.replace("{number}", waiting.length);
    const drafts = interview ? [] : await kept.drafts();
    find("cut").hidden = !drafts.length;
    return waiting.length;
  };
  const state = (name) =>
    all("[data-state]").forEach((each) => (each.hidden = each.dataset.state !== name));
  const home = async () => {
    interview = null;
    device = await kept.device();
    await kept.expire();
    let stands = device ? "" : "unregistered";
    if (device && !(await kept.canConfirm())) stands = "old";
    else if (device && !(await kept.confirmed(device))) stands = "key";
    state(stands);
    find("mark").textContent = device?.mark ?? "";
    find("begin").hidden = Boolean(stands);
    find("begin").reset();
    find("reasons").querySelector("ul").replaceChildren();
    before();
    await count();
    show("home");
  };
  const send = async () => {
    const had = (await kept.waiting()).length;
    const stands = await deliver();
    device = await kept.device();
    all("[data-sent]").forEach((each) => (each.hidden = each.dataset.sent !== stands));
    if (stands === "revoked") state("revoked");
    const left = await count();
    find("sent").hidden = !had || left > 0 || Boolean(stands);
  };

  // Before the first question.
  const before = () => {
    const code = find("begin").language.value;
    const lines = card.spoken[code].before.map(({ text, lang, dir }) => {
      const line = document.createElement("p");
      [line.textContent, line.lang, line.dir] = [text, lang, dir];
      return line;
    });
    find("before").replaceChildren(...lines);
    const helped = Boolean(find("begin").interpreter.value);
    find("bound").hidden = !helped;
    find("begin").bound.required = helped;
  };
  const begin = (form) => {
    interview = {
      id: crypto.randomUUID(),
      began: Date.now(),
      ended: Date.now(),
      version: card.version,
      age: form.age.value,
      informed: form.informed.checked,
      private: form.private.checked,
      sex: form.sex.value,
      language: form.language.value,
      interpreter: form.interpreter.value,
      bound: form.bound.checked,
      stopped: false,
      answers: {},
      who: "",
      how: "",
      said: "",
    };
    place = 0;
    save();
    if (interview.age === "adult") ask();
    else show("child");
  };

  // One question.
  const ask = () => {
    const question = card.questions[place];
    find("place").textContent = `${place + 1} / ${card.questions.length}`;
    put(find("asked"), question.ask, interview.language);
    put(find("asked-officer"), question.ask, here);
    find("asked-officer").hidden = interview.language === here;
    const between = interview.interpreter;
    find("asked-interpreter").hidden = !between || between === interview.language || between === here;
    if (between) put(find("asked-interpreter"), question.ask, between);
    find("note").textContent = question.note;
    find("hear").hidden = !question.sounds[interview.language];
    const words = card.spoken[interview.language].answers;
    for (const button of all("#answers button")) {
      const said = button.querySelector(".said");
      [said.lang, said.dir] = [interview.language, direction(interview.language)];
      said.textContent = interview.language === here ? "" : (words[button.value] ?? "");
      button.setAttribute("aria-pressed", interview.answers[question.id] === button.value);
    }
    show("question");
  };
  const answer = (value) => {
    interview.answers[card.questions[place].id] = value;
    place += 1;
    hush();
    save();
    if (place < card.questions.length) ask();
    else show("end");
  };
  const tapped = ({ value }) => {
    const buttons = all("#answers button");
    resting(buttons, true);
    setTimeout(resting, TWICE, buttons, false);
    answer(value);
  };
  const back = () => {
    hush();
    if (place > 0) place -= 1;
    ask();
  };
  const stop = () => {
    if (!interview) return;
    hush();
    interview.stopped = true;
    save();
    show("end");
  };

  // Sound, softly: the person hears it and the next room does not.
  const hush = () => {
    sound?.pause();
    sound = null;
  };
  const hear = () => {
    hush();
    sound = new Audio(card.questions[place].sounds[interview.language]);
    sound.volume = 0.4;
    sound.play().catch(() => {});
  };

  // Sealed after every answer, each time anew; only the last is sent.
  const save = () => {
    const now = { ...interview, ended: Date.now(), answers: { ...interview.answers } };
    saving = saving
      .catch(() => {})
      .then(() => kept.sealed(now, device))
      .then((record) => kept.put(now.id, "draft", record));
    saving.catch(() => {});
    return saving;
  };
  const finish = async (form) => {
    Object.assign(interview, {
      ended: Date.now(),
      who: form.who.value.trim(),
      how: form.how.value.trim(),
      said: form.said.value.trim(),
    });
    find("unsealed").hidden = true;
    const buttons = all("button", form);
    resting(buttons, true); // what is being sealed is not sealed again, or destroyed meanwhile
    try {
      await saving.catch(() => {});
      await kept.put(interview.id, "done", await kept.sealed(interview, device));
    } catch {
      find("unsealed").hidden = false;
      return;
    } finally {
      resting(buttons, false);
    }
    const { age, answers } = interview;
    forget();
    advised(age, answers);
    send();
  };
  const drop = async () => {
    const { id } = interview;
    await saving.catch(() => {});
    await kept.remove(id);
    forget();
    home();
  };
  const forget = () => {
    interview = null;
    find("finish").reset();
    all("#asked, #asked-officer, #asked-interpreter").forEach((each) => (each.textContent = ""));
  };
  const advised = (age, given) => {
    const asked = Object.values(given).some((each) => ["yes", "no"].includes(each));
    const { category, reached, questions } = advise(card, age, given);
    const shown = asked ? category : age === "adult" ? "nothing_asked" : "child";
    all("[data-category]").forEach((each) => (each.hidden = each.dataset.category !== shown));
    const why = [...reached, ...questions.map((id) => card.questions.find((each) => each.id === id).ask[here])];
    find("reasons").hidden = !why.length;
    const line = (words) => Object.assign(document.createElement("li"), { textContent: words });
    find("reasons").querySelector("ul").replaceChildren(...why.map(line));
    show("advice");
  };

  // Hidden at once, without a trace of what was on the screen; nothing is lost.
  const cover = () => {
    hush();
    under ||= sections.find((each) => !each.hidden)?.id ?? "home";
    bring("cover");
  };
  const uncover = () => {
    const name = under;
    under = "";
    bring(name);
  };

  const leave = () => {
    forget();
    home();
  };
  const touched = () => {
    clearTimeout(quiet);
    quiet = setTimeout(leave, QUIET);
    touchedAt = Date.now();
  };
  // No timer runs while a telephone sleeps: whoever wakes it up finds nothing either.
  const woken = () => {
    if (!document.hidden && touchedAt && Date.now() - touchedAt > QUIET) leave();
  };
  const keys = (event) => {
    if (event.repeat) return undefined; // a key held down answers one question
    if (event.key === "Escape") return under ? uncover() : cover();
    if (under) return undefined;
    const writes = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (writes || event.ctrlKey || event.metaKey || event.altKey || !interview) return undefined;
    if (event.key.toLowerCase() === "s" && !find("stop").hidden) return stop();
    if (find("question").hidden) return undefined;
    const button = all("#answers button")[Number(event.key) - 1];
    if (button) return answer(button.value);
    if (event.key.toLowerCase() === "b") return back();
    if (event.key.toLowerCase() === "p" && !find("hear").hidden) return hear();
    return undefined;
  };

  const on = (id, act) => find(id).addEventListener("click", act);
  const form = (id, act) =>
    find(id).addEventListener("submit", (event) => {
      event.preventDefault();
      act(event.target);
    });
  const start = async () => {
    const option = ({ code, name, dir }) =>
      Object.assign(document.createElement("option"), { value: code, textContent: name, lang: code, dir });
    find("begin").language.append(...card.tongues.map(option));
    find("begin").interpreter.append(...card.tongues.map(option));
    find("begin").language.addEventListener("change", before);
    find("begin").interpreter.addEventListener("change", before);
    form("begin", begin);
    form("finish", finish);
    all("#answers button").forEach((each) => each.addEventListener("click", () => tapped(each)));
    for (const [id, act] of Object.entries({
      hide: cover, uncover, stop, back, hear, drop, done: home, send,
      "child-on": ask, "child-end": () => show("end"),
      keep: async () => {
        for (const { id, record } of await kept.drafts()) await kept.put(id, "done", record);
        await send();
      },
      destroy: async () => {
        await kept.remove(...(await kept.drafts()).map(({ id }) => id));
        await count();
      },
    })) on(id, act);
    addEventListener("keydown", keys);
    for (const event of ["keydown", "pointerdown"]) addEventListener(event, touched);
    document.addEventListener("visibilitychange", woken);
    addEventListener("online", send);
    // A page out of the browser's memory begins anew, without what was asked.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    navigator.serviceWorker?.register("/card/worker.js").catch(() => {});
    navigator.storage?.persist?.().catch(() => {});
    await home();
    document.documentElement.dataset.card = "ready";
    await send();
  };
  start();
})();
