// Sends what waits to the desk when there is a network and the officer has signed in. What arrived is
// gone from the device; what is sent twice, because an answer was lost, the desk has once.
"use strict";
self.deliver = (() => {
  const AT_ONCE = 50;
  const ask = (path, options = {}) =>
    fetch(path, { cache: "no-store", redirect: "manual", credentials: "same-origin", ...options });

  // A newer key of the desk is taken only when the registrar has signed it.
  const learn = async (device, desk) => {
    if (!desk) return device;
    const newer = { ...device, desk };
    if (desk.key === device.desk.key || !(await kept.confirmed(newer))) return device;
    await kept.register(newer);
    return newer;
  };

  const send = async (device, form, records) => {
    const head = { device: device.id, token: device.token, now: Date.now() };
    const frames = [kept.utf8(JSON.stringify(head)), ...records.map(({ record }) => record)];
    const answer = await ask("/card/sync", {
      method: "POST",
      body: new Blob(frames.map(kept.frame)),
      headers: { "X-CSRFToken": form, "Content-Type": "application/octet-stream" },
    });
    if (answer.type === "opaqueredirect") return "signin"; // the session ended meanwhile
    const said = await answer.json().catch(() => ({}));
    if (said.code === "fieldwork.device_revoked") return "revoked";
    if (!answer.ok) return "refused";
    await kept.remove(...said.here);
    const refused = records.filter(({ id }) => !said.here.includes(id));
    for (const { id, record } of refused) await kept.put(id, "refused", record);
    return refused.length ? "refused" : "";
  };

  // Answers "" when everything arrived, else what stands in the way.
  return async () => {
    let device = await kept.device();
    if (!device) return "unregistered";
    let answer;
    try {
      answer = await ask("/card/now");
    } catch {
      return "offline";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return "signin";
    if (!answer.ok) return "refused";
    const { form, desk } = await answer.json();
    device = await learn(device, desk);
    const records = await kept.waiting();
    let state = "";
    try {
      for (let at = 0; at < records.length && !["revoked", "signin"].includes(state); at += AT_ONCE) {
        state = (await send(device, form, records.slice(at, at + AT_ONCE))) || state;
      }
    } catch {
      return "offline";
    }
    return state;
  };
})();
