// What lies on the device: which desk to seal to, and sealed records. No word of an interview is kept
// here but under seal, and no key that opens one.
"use strict";
self.kept = (() => {
  const SMALLEST = 256;
  const LENGTH_BYTES = 8;
  const DRAFT_LASTS = 24 * 3600 * 1000;

  const base = new Promise((resolve, reject) => {
    const asked = indexedDB.open("card", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("device");
      asked.result.createObjectStore("records", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  base.catch(() => {});
  const store = async (name, mode, act) => {
    const change = (await base).transaction(name, mode);
    const answer = act(change.objectStore(name));
    return new Promise((resolve, reject) => {
      change.oncomplete = () => resolve(answer?.result);
      change.onabort = change.onerror = () => reject(change.error);
    });
  };

  const utf8 = (text) => new TextEncoder().encode(text);
  const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const number = (value, size) =>
    Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  // A record tells by its length as little as everything else under seal does (Padmé).
  const paddedLength = (length) => {
    if (length <= SMALLEST) return SMALLEST;
    const exponent = 31 - Math.clz32(length);
    const mask = 2 ** (exponent - (32 - Math.clz32(exponent))) - 1;
    return (length + mask) & ~mask;
  };
  const seal = (content, key) => {
    const size = paddedLength(LENGTH_BYTES + content.length);
    const head = number(content.length, LENGTH_BYTES);
    return age.seal(joined(head, content, new Uint8Array(size - LENGTH_BYTES - content.length)), key);
  };

  // The key is the desk's only if the registrar signed it whom this device was told of when it was
  // registered: whoever controls the server later cannot put another one there.
  const confirmed = async ({ registrar, desk }) => {
    const signer = await crypto.subtle.importKey("raw", bytes(registrar), "Ed25519", false, ["verify"]);
    const said = `himaya desk key v1\n${desk.desk}\n${desk.number}\n${desk.public_key}\n`;
    return crypto.subtle.verify("Ed25519", signer, bytes(desk.signature), utf8(said));
  };
  const canConfirm = () =>
    crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(() => true, () => false);

  // One interview as it is sent: fieldwork/records.py describes it.
  const sealed = async (interview, device) => {
    if (!(await confirmed(device))) throw new Error("not the key of the desk");
    const { id, began, ended, ...rest } = interview;
    const { secret, open } = await age.keyPair();
    const grant = await seal(utf8(secret), device.desk.public_key);
    const content = await seal(utf8(JSON.stringify(rest)), open);
    const head = { id, began, ended, key: device.desk.key, public_key: open, grant: grant.length };
    const said = utf8(JSON.stringify(head));
    return joined(number(said.length, 4), said, grant, content);
  };

  const all = () => store("records", "readonly", (records) => records.getAll());
  return {
    sealed,
    confirmed,
    canConfirm,
    frame: (content) => joined(number(content.length, 4), content),
    utf8,
    device: () => store("device", "readonly", (devices) => devices.get("device")),
    register: (device) => store("device", "readwrite", (devices) => devices.put(device, "device")),
    put: (id, state, record) =>
      store("records", "readwrite", (records) => records.put({ id, state, record, at: Date.now() })),
    remove: (...ids) =>
      store("records", "readwrite", (records) => ids.forEach((id) => records.delete(id))),
    waiting: async () => (await all()).filter(({ state }) => state !== "draft"),
    drafts: async () => (await all()).filter(({ state }) => state === "draft"),
    // A draft that nobody went on with is destroyed, also by a clock that was put back.
    expire: async () => {
      const old = (await all()).filter(
        ({ state, at }) => state === "draft" && Math.abs(Date.now() - at) > DRAFT_LASTS,
      );
      if (old.length) await self.kept.remove(...old.map(({ id }) => id));
    },
  };
})();
