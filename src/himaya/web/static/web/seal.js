// Sealing in the browser: words and files stay here until they are sealed to the team's own key, so
// that the server never sees them. Each step is asked for without leaving the page, and what was
// typed waits in memory only. Where anything of this is missing, the plain form does its work.
"use strict";
(() => {
  if (!self.age || !self.crypto?.subtle || !document.getElementById("sealing")) return;
  const SMALLEST = 256;
  const LENGTH_BYTES = 8;
  const kept = new Map(); // name of an answer → what it says
  const shown = new Map(); // the same, as a person reads it
  let files = [];
  let envelope = null; // sealed once: pressing twice sends the same report
  let sealedTo = "";

  let note = document.getElementById("sealing"); // of the last page that had one
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const state = (word) => (document.documentElement.dataset.seals = word);
  const say = (name) => {
    all(".said-now").forEach((each) => each.remove());
    const line = note.querySelector(`[data-say=${name}]`).cloneNode(true);
    line.className = "notice bad said-now";
    line.setAttribute("role", "alert");
    document.querySelector("h1").after(line);
    line.tabIndex = -1;
    line.focus();
  };

  // The same lengths as everything else under seal (Padmé), so that they tell as little.
  const padded = (length) => {
    if (length <= SMALLEST) return SMALLEST;
    const exponent = 31 - Math.clz32(length);
    const mask = 2 ** (exponent - (32 - Math.clz32(exponent))) - 1;
    return (length + mask) & ~mask;
  };
  const utf8 = (text) => new TextEncoder().encode(text);
  const framed = (size, ...parts) => {
    const frame = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      frame.set(part, at);
      at += part.length;
    }
    return frame;
  };
  const number = (value, bytes) =>
    Uint8Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
  const pad = (bytes) =>
    framed(padded(LENGTH_BYTES + bytes.length), number(bytes.length, LENGTH_BYTES), bytes);
  const seal = (bytes, key) => age.seal(pad(bytes), key);

  const compartment = async (readers, things) => {
    const { secret, open } = await age.keyPair();
    const grants = [];
    for (const [id, key] of readers) grants.push([id, await seal(utf8(secret), key)]);
    const contents = [];
    for (const [name, bytes] of things) contents.push([name, await seal(bytes, open)]);
    return { open, grants, contents };
  };
  const lengths = (list) => list.map(([name, bytes]) => [name, bytes.length]);
  const fileBytes = async (file) => {
    const content = new Uint8Array(await file.arrayBuffer());
    const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", content))];
    const hex = digest.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const head = utf8(JSON.stringify([file.name, file.type, hex]));
    return framed(4 + head.length + content.length, number(head.length, 4), head, content);
  };
  const makeEnvelope = async (readers) => {
    const words = (name) => (kept.get(name) ?? "").replaceAll("\0", "");
    const story = [["story", utf8(words("story"))]];
    for (const file of files) story.push(["file", await fileBytes(file)]);
    const contact = {};
    for (const name of kept.keys()) {
      if (name.startsWith("contact_")) contact[name.slice("contact_".length)] = words(name);
    }
    const parts = {
      narrative: await compartment(readers, story),
      contact: await compartment(readers, [["contact", utf8(JSON.stringify(contact))]]),
    };
    const manifest = { empty: !files.length && !words("story").trim() };
    const bodies = [];
    for (const [name, { open, grants, contents }] of Object.entries(parts)) {
      manifest[name] = { public_key: open, grants: lengths(grants), contents: lengths(contents) };
      bodies.push(...[...grants, ...contents].map(([, bytes]) => bytes));
    }
    const head = utf8(JSON.stringify(manifest));
    return new Blob([number(head.length, 4), head, ...bodies]);
  };

  const held = () => note.dataset.held.split(" ");
  const fields = () => all("form[name=report] [name]").filter((each) => held().includes(each.name));
  const keep = (field) => {
    kept.set(field.name, field.value);
    const chosen = field.value && field.selectedOptions?.[0];
    shown.set(field.name, chosen ? chosen.textContent : field.value);
  };
  const collect = () => {
    for (const field of fields()) {
      if ((kept.get(field.name) ?? "") !== field.value) envelope = null;
      keep(field);
    }
    for (const input of all("input[type=file]")) {
      if (input.files.length) add(...input.files);
      input.value = "";
    }
  };
  const add = (...more) => {
    files = [...files, ...more];
    envelope = null;
    list();
  };
  const list = () => {
    const place = document.getElementById("files");
    place?.replaceChildren(
      ...files.map((file) => {
        const row = document.createElement("li");
        const away = document.createElement("button");
        const name = document.createElement("bdi");
        name.textContent = file.name;
        away.type = "button";
        away.className = "quiet";
        away.textContent = place.dataset.away;
        away.addEventListener("click", () => {
          files = files.filter((each) => each !== file);
          envelope = null;
          list();
        });
        row.append(name, " ", away);
        return row;
      }),
    );
  };
  const tooLong = () =>
    fields().find((field) => [...field.value].length > (Number(field.dataset.longest) || Infinity));
  const tooLarge = () =>
    files.reduce((sum, file) => sum + file.size, 0) > Number(note.dataset.largest);

  // What the page shows while the words stay here.
  const dress = () => {
    all("[data-by]").forEach((each) => (each.hidden = each.dataset.by !== "browser"));
    for (const field of fields()) {
      if (kept.has(field.name)) field.value = kept.get(field.name);
      else keep(field);
    }
    for (const row of all("[data-holds]")) {
      const words = shown.get(row.dataset.holds) ?? "";
      row.hidden = !words.trim();
      row.querySelector("dd").textContent = words;
    }
    const known = (kept.get("contact_how") ?? "").trim() ? "yes" : "no";
    all("[data-known]").forEach((each) => (each.hidden = each.dataset.known !== known));
    const some = [...kept.values()].some((words) => words.trim());
    all("[data-nothing]").forEach((each) => (each.hidden = some || files.length));
    list();
    document.dispatchEvent(new Event("dressed"));
  };
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const root = document.documentElement;
    [root.lang, root.dir, document.title] = [
      page.documentElement.lang,
      page.documentElement.dir,
      page.title,
    ];
    for (const part of ["header", "main", "footer", "#leave button", ".skip"]) {
      const [now, next] = [document.querySelector(part), page.querySelector(part)];
      if (now && next) now.replaceWith(next);
    }
    note = document.getElementById("sealing") ?? note;
    if (document.querySelector(".receipt")) forget();
    else dress();
    scrollTo(0, 0);
    const heading = document.querySelector("[role=alert], h1");
    heading.tabIndex = -1;
    heading.focus();
  };

  const forget = () => {
    kept.clear();
    shown.clear();
    [files, envelope, note] = [[], null, null];
  };

  const ask = async (form, button) => {
    const data = new FormData(form);
    for (const name of held()) if (data.has(name)) data.set(name, "");
    data.delete("file");
    data.set("seals", "1");
    if (button?.name) data.set(button.name, button.value);
    const readers = note.dataset.to;
    const sends = form.hasAttribute("data-sends") && !button?.hasAttribute("formaction");
    if (sends && !readers) throw new Error("no key to seal to");
    if (sends) {
      if (sealedTo !== readers) envelope = null;
      sealedTo = readers;
      envelope ??= await makeEnvelope(JSON.parse(readers));
      data.set("envelope", envelope, "envelope");
    }
    const to = button?.getAttribute("formaction") ?? form.getAttribute("action");
    const answer = await fetch(to, { method: "POST", body: data, cache: "no-store" });
    show(await answer.text());
  };
  const submitted = async (event) => {
    const { target: form, submitter } = event;
    if (!note || !["report", "language", "back"].includes(form.name)) return;
    event.preventDefault();
    if (document.documentElement.dataset.seals === "busy") return;
    collect();
    const long = tooLong();
    if (long) say("too_long");
    else if (tooLarge()) say("too_large");
    if (long || tooLarge()) return;
    state("busy");
    try {
      await ask(form, submitter);
    } catch {
      say("unsent");
    } finally {
      state("ready");
    }
  };

  // It begins only where a first sealing works: an old browser keeps the plain form.
  const begin = async () => {
    await seal(utf8("x"), (await age.keyPair()).open);
    dress();
    document.addEventListener("submit", submitted);
    document.addEventListener("recorded", (event) => add(event.detail));
    state("ready");
    // A page that comes back from the browser's memory begins anew, without what was typed.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  };
  begin().catch(() => {});
})();
